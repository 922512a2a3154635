using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Web;

namespace PetShop.TestHost;

/// <summary>The whole shop, listening on a free loopback port, over a database of its own.</summary>
public sealed class ShopServer : IAsyncDisposable
{
    private ShopServer(WebApplication app, TestDatabase database, Uri address, bool ownsDatabase)
    {
        _ownsDatabase = ownsDatabase;
        App = app;
        Database = database;
        Address = address;
    }

    private readonly bool _ownsDatabase;

    public WebApplication App { get; }
    public TestDatabase Database { get; }
    public Uri Address { get; }
    public IServiceProvider Services => App.Services;

    /// <param name="database">Disposed together with the server, unless <paramref name="ownsDatabase"/> says otherwise.</param>
    /// <param name="settings">Configuration as <c>Section:Key=value</c>.</param>
    /// <param name="configure">Last changes to the builder, such as another clock.</param>
    public static async Task<ShopServer> StartAsync(TestDatabase database, IEnumerable<string>? settings = null, Action<WebApplicationBuilder>? configure = null, bool ownsDatabase = true)
    {
        string[] args =
        [
            "--environment=Development", "--applicationName=PetShop.Web", $"--contentRoot={Repository.WebFolder}",
            "--urls=http://127.0.0.1:0", "--Serilog:MinimumLevel:Default=Warning", "--Recommendations:TrainInBackground=false",
            // A shop of a test is small enough that every training would try a grid of settings; tests of what a training does need one.
            "--Recommendations:ManySettingsBelow=0", $"--Tracking:SpoolFolder={database.FilesFolder}", $"--Mail:Folder={Path.Combine(database.FilesFolder, "mails")}",
            .. (settings ?? []).Select(s => "--" + s),
        ];
        var app = Shop.Build(args, database.ConnectionString, configure);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(app, database, new Uri(address), ownsDatabase);
    }

    /// <summary>A visitor with an empty cookie jar.</summary>
    public TestVisitor NewVisitor(Action<HttpClient>? configure = null) => new(Address, configure);

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        if (_ownsDatabase)
            await Database.DisposeAsync();
    }
}
