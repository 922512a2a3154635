using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Demo.Simulation;
using PetShop.TestHost;
using PetShop.Web.Catalog;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Tests.Accounts;
using PetShop.Web.Tests.Tracking;
using PetShop.Web.Tracking;

namespace PetShop.Web.Tests.Recommendations;

/// <summary>The small demo shop with a model trained on it.</summary>
public sealed class RecommendedShop : ShopFixture
{
    private readonly Lazy<Task<TestVisitor>> _maya, _guest;

    public RecommendedShop() => (_maya, _guest) = (new(() => VisitorAsync("accept", DemoPersons.Maya.Email)), new(() => VisitorAsync("refuse", null)));

    public TrainingOutcome? Trained { get; private set; }

    /// <summary>Maya, who agreed and has something in her cart; one visitor for all tests of a class.</summary>
    public Task<TestVisitor> MayaAsync() => _maya.Value;

    /// <summary>A stranger who refused and has something in the cart.</summary>
    public Task<TestVisitor> GuestAsync() => _guest.Value;

    private async Task<TestVisitor> VisitorAsync(string answer, string? signIn)
    {
        var shop = await ServerAsync();
        var visitor = shop.NewVisitor();
        await visitor.AnswerAsync(answer);
        if (signIn is not null)
        {
            await BuyingShop.SignInAsync(visitor, signIn, TestDatabase.DemoPassword);
            Assert.Contains(VisitorCookies.Visitor, visitor.CookieNames);
            Assert.Contains("petshop.account", visitor.CookieNames);
        }
        await BuyingShop.AddAsync(visitor, await shop.ScalarAsync<int>("SELECT min(id) FROM skus WHERE stock > 5 AND is_active"));
        return visitor;
    }

    protected override async Task<ShopServer> StartAsync()
    {
        var shop = await ShopServer.StartAsync(await TestDatabase.DemoAsync(), [.. TrackedShop.Settings, "Tracking:HistoryRefresh=00:05:00"], TrackedShop.Configure);
        Trained = await shop.Services.GetRequiredService<ModelTrainer>().TrainAsync("command", CancellationToken.None);
        await shop.Services.GetRequiredService<ServingRefresher>().ReadAllAsync(CancellationToken.None);
        return shop;
    }
}

/// <summary>What the tests of rails ask again and again.</summary>
public static class RailSteps
{
    public static int[] Products(this IElement rail) => [.. rail.QuerySelectorAll("[data-product]").Select(p => int.Parse(p.GetAttribute("data-product")!))];

    public static IElement? Rail(this IHtmlDocument page, string placement) => page.QuerySelector($"[data-track=rail][data-placement={placement}]");

    public static int[] AllRailProducts(this IHtmlDocument page) => [.. page.QuerySelectorAll("[data-track=rail]").SelectMany(Products)];

    /// <summary>Makes the next page read a visitor's history anew.</summary>
    public static void Forget(this ShopServer shop, Guid visitor) => shop.Services.GetRequiredService<PetShop.Web.Tracking.LiveHistories>().Forget(visitor);

    public static async Task ExecuteAsync(this ShopServer shop, string sql, params object[] values)
    {
        await using var command = shop.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
        // The shop hears of a change within milliseconds; a test must not depend on them.
        shop.Services.GetRequiredService<ProductCache>().Clear();
    }

    public static async Task<List<int>> IdsAsync(this ShopServer shop, string sql, params object[] values)
    {
        await using var command = shop.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        List<int> ids = [];
        while (await reader.ReadAsync())
            ids.Add(reader.GetInt32(0));
        return ids;
    }
}
