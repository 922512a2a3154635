using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PetShop.TestHost;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Admin;

/// <summary>A shop whose clock a test sets; staff sign in by header.</summary>
public sealed class ClockedShop : ShopFixture
{
    public SetClock Clock { get; } = new();

    protected override async Task<ShopServer> StartAsync() => await ShopServer.StartAsync(await TestDatabase.EmptyAsync(), TargetedShop.Settings, builder =>
    {
        TargetedShop.Configure(builder);
        builder.Services.RemoveAll<TimeProvider>();
        builder.Services.AddSingleton<TimeProvider>(Clock);
    });

    /// <summary>The hour is what a test says; timers run as ever.</summary>
    public sealed class SetClock : TimeProvider
    {
        private DateTimeOffset? _now;

        public override DateTimeOffset GetUtcNow() => _now ?? System.GetUtcNow();

        public void Set(DateTimeOffset now) => _now = now;
    }
}
