namespace PetShop.TestHost;

/// <summary>A served shop for the tests of one class (IClassFixture): an empty, migrated database and the whole application.</summary>
public class ShopFixture : IDisposable
{
    private readonly Lazy<Task<ShopServer>> _server;

    public ShopFixture() => _server = new(StartAsync);

    /// <summary>Started by the first test that asks.</summary>
    public Task<ShopServer> ServerAsync() => _server.Value;

    /// <summary>Overridden by fixtures that need other rows, settings or services.</summary>
    protected virtual async Task<ShopServer> StartAsync() => await ShopServer.StartAsync(await TestDatabase.EmptyAsync());

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (_server.IsValueCreated)
            _server.Value.GetAwaiter().GetResult().DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}

/// <summary>A served demo shop for the tests of one class.</summary>
public sealed class DemoShopFixture : ShopFixture
{
    protected override async Task<ShopServer> StartAsync() => await ShopServer.StartAsync(await TestDatabase.DemoAsync());
}
