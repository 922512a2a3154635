using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.TestHost;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

public sealed class TrainingTests(RecommendedShop fixture) : IClassFixture<RecommendedShop>
{
    [Fact]
    public async Task The_first_training_puts_a_model_into_service_that_beats_popularity()
    {
        var shop = await fixture.ServerAsync();
        Assert.Equal(TrainingResult.Promoted, fixture.Trained!.Result);
        var rows = fixture.Trained.Quality!.Rows;
        var best = rows.Single(r => r.Name == fixture.Trained.Quality.Best);
        Assert.True(best.Ndcg10 > rows.Single(r => r.Name == "popularity").Ndcg10, $"{best}");
        Assert.NotNull(Holder(shop).Current.Model);
        Assert.True(await shop.ScalarAsync<long>("SELECT count(*) FROM product_neighbours") > 100);
        Assert.True(await shop.ScalarAsync<long>("SELECT count(*) FROM product_stats WHERE buyers_365d > 0") > 50);
        Assert.Equal(1, await shop.ScalarAsync<long>("SELECT count(*) FROM job_runs WHERE name = 'train' AND succeeded AND detail LIKE 'Promoted%'"));
    }

    [Fact]
    public async Task A_second_trainer_is_kept_out_while_one_is_at_work()
    {
        var shop = await fixture.ServerAsync();
        await using var first = await TrainingLock.TryTakeAsync(Source(shop), CancellationToken.None);
        Assert.NotNull(first);
        var outcome = await Trainer(shop).TrainAsync("command", CancellationToken.None);
        Assert.Equal(TrainingResult.Busy, outcome.Result);
    }

    [Fact]
    public async Task The_right_to_train_is_free_again_when_its_holder_crashes()
    {
        var shop = await fixture.ServerAsync();
        var crashed = await TrainingLock.TryTakeAsync(Source(shop), CancellationToken.None);
        Assert.NotNull(crashed);
        await shop.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()");
        await Assert.ThrowsAsync<InvalidOperationException>(() => crashed.RequireAsync(CancellationToken.None));
        await using var next = await TrainingLock.TryTakeAsync(Source(shop), CancellationToken.None);
        Assert.NotNull(next);
        await crashed.DisposeAsync();
    }

    [Fact]
    public async Task A_model_no_better_than_a_fresh_one_is_refused_and_recorded_with_the_reason_but_without_content()
    {
        var shop = await fixture.ServerAsync();
        var serving = Holder(shop).Current.Model!.Version;
        var outcome = await Trainer(shop).TrainAsync("admin", CancellationToken.None);
        Assert.Equal(TrainingResult.Refused, outcome.Result);
        Assert.Equal(0, await shop.ScalarAsync<int>("SELECT length(content) FROM recommender_models WHERE id = $1", outcome.Version!));
        Assert.Contains("not better", await shop.ScalarAsync<string>("SELECT decision FROM recommender_models WHERE id = $1", outcome.Version!), StringComparison.Ordinal);
        Assert.Equal(serving, (await Store(shop).ServingAsync(CancellationToken.None))!.Value.Version);
    }

    [Fact]
    public async Task A_damaged_model_is_refused_with_a_note_and_the_previous_one_stays()
    {
        var shop = await fixture.ServerAsync();
        var sound = Holder(shop).Current.Model!;
        var damaged = await PublishCopyAsync(shop, "set_byte(content, length(content) / 2, (get_byte(content, length(content) / 2) + 1) % 256)");
        await EventuallyAsync(() => Holder(shop).Complaint is not null);
        Assert.Same(sound, Holder(shop).Current.Model);
        Assert.Contains("Could not be loaded", await shop.ScalarAsync<string>("SELECT decision FROM recommender_models WHERE id = $1", damaged), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => Store(shop).RollBackAsync(damaged, "test", CancellationToken.None));
        await Store(shop).RollBackAsync(sound.Version, "test", CancellationToken.None);
        await EventuallyAsync(() => Holder(shop).Complaint is null);
    }

    [Fact]
    public async Task Rolling_back_puts_the_chosen_version_into_service_on_every_replica_and_says_who_did_it()
    {
        var shop = await fixture.ServerAsync();
        var first = Holder(shop).Current.Model!.Version;
        var second = await PublishCopyAsync(shop, "content");
        await EventuallyAsync(() => Holder(shop).Current.Model!.Version == second);
        await Store(shop).RollBackAsync(first, "merchandiser@example.com", CancellationToken.None);
        await EventuallyAsync(() => Holder(shop).Current.Model!.Version == first);
        Assert.Equal(1, await shop.ScalarAsync<long>("SELECT count(*) FROM audit_entries WHERE action = 'model.roll-back' AND actor = 'merchandiser@example.com'"));
    }

    // A copy of the serving version that goes into service in its place.
    private static async Task<int> PublishCopyAsync(ShopServer shop, string content)
    {
        var copy = await shop.ScalarAsync<int>(
            $"""
            INSERT INTO recommender_models (trainer, status, trained_at, data_cut_off, parameters, quality, decision, trigger, interaction_count, shopper_count, product_count, training_time, content)
            SELECT trainer, 3, trained_at, data_cut_off, parameters, quality, '', 'admin', interaction_count, shopper_count, product_count, training_time, {content}
            FROM recommender_models WHERE status = 2 RETURNING id
            """);
        await shop.ExecuteAsync("UPDATE recommender_models SET status = 3 WHERE status = 2");
        await shop.ExecuteAsync("UPDATE recommender_models SET status = 2 WHERE id = $1", copy);
        return copy;
    }

    private static async Task EventuallyAsync(Func<bool> holds)
    {
        for (var i = 0; i < 200 && !holds(); i++)
            await Task.Delay(50);
        Assert.True(holds());
    }

    private static ModelHolder Holder(ShopServer shop) => shop.Services.GetRequiredService<ModelHolder>();
    private static ModelStore Store(ShopServer shop) => shop.Services.GetRequiredService<ModelStore>();
    private static ModelTrainer Trainer(ShopServer shop) => shop.Services.GetRequiredService<ModelTrainer>();
    private static NpgsqlDataSource Source(ShopServer shop) => shop.Services.GetRequiredService<NpgsqlDataSource>();
}
