using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PetShop.TestHost;
using PetShop.Web.Recommendations;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

/// <summary>When the trainer begins by itself, and when it rests.</summary>
public sealed class TrainingReasonTests(LearningShop fixture) : IClassFixture<LearningShop>
{
    private static readonly DateTimeOffset CutOff = TimeProvider.System.GetUtcNow().AddHours(1);

    [Fact]
    public async Task A_training_begins_without_a_model_upon_an_old_one_and_when_enough_has_happened_and_else_not()
    {
        var shop = await fixture.ServerAsync();
        await shop.ExecuteAsync("UPDATE recommender_models SET data_cut_off = $1", CutOff);
        await shop.ExecuteAsync("UPDATE job_runs SET started_at = $1 WHERE name = 'train'", CutOff);
        Assert.Null(await ReasonAsync(shop, CutOff.AddHours(2)));

        // Ninety-nine views and any number of other events are not enough; nor is enough a reason while the last training is less than an hour ago.
        await HappenAsync(shop, 99, type: 1);
        await HappenAsync(shop, 500, type: 2);
        Assert.Null(await ReasonAsync(shop, CutOff.AddHours(2)));
        await HappenAsync(shop, 1, type: 4);
        Assert.Equal("events", await ReasonAsync(shop, CutOff.AddHours(2)));
        Assert.Equal("events", await ReasonAsync(shop, CutOff.AddHours(1)));
        Assert.Null(await ReasonAsync(shop, CutOff.AddHours(1).AddSeconds(-1)));

        // What is old is trained again, unless nothing has happened since.
        Assert.Equal("schedule", await ReasonAsync(shop, CutOff.AddHours(12)));
        await shop.ExecuteAsync("DELETE FROM events WHERE type = 1");
        Assert.Null(await ReasonAsync(shop, CutOff.AddHours(12).AddSeconds(-1)));
        Assert.Equal("schedule", await ReasonAsync(shop, CutOff.AddHours(12)));
        await shop.ExecuteAsync("DELETE FROM events");
        Assert.Null(await ReasonAsync(shop, CutOff.AddHours(12)));

        await shop.ExecuteAsync("UPDATE recommender_models SET status = 3 WHERE status = 2");
        Assert.Equal("start", await ReasonAsync(shop, CutOff.AddHours(2)));
        Assert.Null(await ReasonAsync(shop, CutOff.AddHours(2), new() { MinimumInteractions = 1_000_000 }));
        Assert.Null(await ReasonAsync(shop, CutOff.AddHours(2), new() { TrainInBackground = false }));
        await TrainsByItselfAsync(shop);
    }

    // The loop acts upon the reason: within a minute of the clock after the shop has started.
    private static async Task TrainsByItselfAsync(ShopServer shop)
    {
        var clock = new ManualClock(CutOff.AddHours(2));
        using var trainer = Trainer(shop, clock, new() { MinimumInteractions = 1, TrainingThreads = 1 });
        await trainer.StartAsync(CancellationToken.None);
        await Eventually.UntilAsync(async () => await shop.ScalarAsync<long>("SELECT count(*) FROM recommender_models WHERE trigger = 'start' AND status = 2") == 1);
        await trainer.StopAsync(CancellationToken.None);
    }

    private static async Task<string?> ReasonAsync(ShopServer shop, DateTimeOffset now, RecommendationOptions? options = null)
    {
        using var trainer = Trainer(shop, new ManualClock(now), options ?? new() { RetrainAfterEvents = 100, MinimumInteractions = 1 });
        return await trainer.ReasonAsync(CancellationToken.None);
    }

    private static ModelTrainer Trainer(ShopServer shop, TimeProvider clock, RecommendationOptions options) =>
        ActivatorUtilities.CreateInstance<ModelTrainer>(shop.Services, clock, Options.Create(options));

    private static Task HappenAsync(ShopServer shop, int count, short type) => shop.ExecuteAsync(
        "INSERT INTO events (id, occurred_at, type, visitor_id, product_id) SELECT gen_random_uuid(), $1, $2, gen_random_uuid(), (SELECT min(id) FROM products) FROM generate_series(1, $3)",
        CutOff.AddMinutes(1), type, count);
}
