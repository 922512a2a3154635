using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PetShop.Recommender.Ranking;
using PetShop.TestHost;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Tests.Tracking;
using static PetShop.Web.Tests.Recommendations.LearningShop;

namespace PetShop.Web.Tests.Recommendations;

/// <summary>Whatever goes wrong in a training, the shop serves on with the model it had.</summary>
public sealed class SafeToLeaveAloneTests(LearningShop fixture) : IClassFixture<LearningShop>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(typeof(ArithmeticException)), InlineData(typeof(OutOfMemoryException)), InlineData(typeof(InvalidOperationException))]
    public async Task A_contender_that_fails_is_left_out_and_the_others_go_on(Type failure)
    {
        var shop = await fixture.ServerAsync();
        var outcome = await WithOwnAsync((_, _) => throw (Exception)Activator.CreateInstance(failure, "it broke")!, () => Trainer(shop).TrainAsync("command", CancellationToken.None));
        Assert.Contains(outcome.Quality!.Failures, f => f is { Name: "next-in-line", Reason: "it broke" });
        Assert.Contains(outcome.Quality.Rows, r => r.Name.StartsWith("als", StringComparison.Ordinal));
        await ServesAsync(shop);
    }

    [Fact]
    public async Task A_contender_that_hangs_is_cancelled_after_its_time()
    {
        var shop = await fixture.ServerAsync();
        var clock = new ManualClock(Now);
        using var hanging = new SemaphoreSlim(0);
        var outcome = await WithOwnAsync((_, cancel) =>
        {
            hanging.Release();
            cancel.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancel);
        }, async () =>
        {
            var run = Training(shop, clock).RunAsync("command", _ => { }, CancellationToken.None);
            // It hangs in the first window and, as the recipe of the model in service, perhaps in each of the later ones.
            while (await Task.WhenAny(run, hanging.WaitAsync()) != run)
                clock.Advance(TimeSpan.FromMinutes(61));
            return await run;
        });
        Assert.Contains(outcome.Quality!.Failures, f => f.Name == "next-in-line" && f.Reason.Contains("longer than", StringComparison.Ordinal));
        await ServesAsync(shop);
    }

    [Fact]
    public async Task A_training_that_hears_nothing_is_given_up_publishes_nothing_and_no_second_one_joins_it()
    {
        var shop = await fixture.ServerAsync();
        var before = await ServingAsync(shop);
        var clock = new ManualClock(Now);
        using var release = new ManualResetEventSlim();
        // What waits for it must not go on upon the training's own thread, for which it would then wait for ever.
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await WithOwnAsync((matrix, _) =>
        {
            hanging.TrySetResult();
            release.Wait(CancellationToken.None);
            return NextInLine.Learn(matrix);
        }, async () =>
        {
            var training = Training(shop, clock);
            var run = training.RunAsync("command", _ => { }, CancellationToken.None);
            await Task.WhenAny(hanging.Task, run);
            // Another replica is kept out while this one is at work.
            Assert.Equal(TrainingResult.Busy, (await Training(shop, clock).RunAsync("command", _ => { }, CancellationToken.None)).Result);
            clock.Advance(TimeSpan.FromHours(7));
            await Assert.ThrowsAsync<TimeoutException>(() => run);
            Assert.Contains("given up", (await training.RunAsync("command", _ => { }, CancellationToken.None)).Decision, StringComparison.Ordinal);
            release.Set();
            TrainingOutcome next;
            while ((next = await training.RunAsync("command", _ => { }, CancellationToken.None)).Result == TrainingResult.Busy)
                await Task.Yield();
            Assert.Equal(TrainingResult.Refused, next.Result);
            return next;
        });
        Assert.Equal(before, await ServingAsync(shop));
        await ServesAsync(shop);
    }

    [Fact]
    public async Task A_training_that_runs_out_of_memory_at_the_last_step_leaves_the_model_in_service()
    {
        var shop = await fixture.ServerAsync();
        await AgeAsync(shop);
        var before = await ServingAsync(shop);
        var isLast = false;
        await WithOwnAsync((matrix, _) => isLast ? throw new OutOfMemoryException("no memory is left") : NextInLine.Learn(matrix), async () =>
        {
            await Assert.ThrowsAsync<OutOfMemoryException>(() => Trainer(shop).TrainAsync("command", CancellationToken.None, line => isLast |= line.EndsWith("on everything", StringComparison.Ordinal)));
            return 0;
        });
        Assert.True(isLast);
        Assert.Equal(before, await ServingAsync(shop));
        Assert.Equal(1, await shop.ScalarAsync<long>("SELECT count(*) FROM job_runs WHERE NOT succeeded AND detail = 'Failed: no memory is left'"));
        await ServesAsync(shop);
    }

    [Fact]
    public async Task A_training_whose_right_to_train_is_lost_publishes_nothing()
    {
        var shop = await fixture.ServerAsync();
        await AgeAsync(shop);
        var before = await ServingAsync(shop);
        var isLast = false;
        await WithOwnAsync((matrix, _) =>
        {
            if (isLast)
                Kill(shop);
            return NextInLine.Learn(matrix);
        }, async () =>
        {
            var lost = await Assert.ThrowsAsync<InvalidOperationException>(() =>
                Trainer(shop).TrainAsync("command", CancellationToken.None, line => isLast |= line.EndsWith("on everything", StringComparison.Ordinal)));
            Assert.Contains("right to train was lost", lost.Message, StringComparison.Ordinal);
            return 0;
        });
        Assert.Equal(before, await ServingAsync(shop));
        await ServesAsync(shop);
    }

    [Fact]
    public async Task A_training_that_is_cancelled_leaves_the_model_in_service()
    {
        var shop = await fixture.ServerAsync();
        var before = await ServingAsync(shop);
        using var stop = new CancellationTokenSource();
        await WithOwnAsync((_, cancel) =>
        {
            stop.Cancel();
            throw new OperationCanceledException(cancel);
        }, async () =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Trainer(shop).TrainAsync("command", stop.Token));
            return 0;
        });
        Assert.Equal(before, await ServingAsync(shop));
        await ServesAsync(shop);
    }

    [Fact]
    public async Task A_model_as_good_as_an_old_one_takes_its_place()
    {
        var shop = await fixture.ServerAsync();
        await AgeAsync(shop);
        var before = await ServingAsync(shop);
        var outcome = await Trainer(shop).TrainAsync("command", CancellationToken.None);
        Assert.Equal(TrainingResult.Promoted, outcome.Result);
        Assert.NotEqual(before, await ServingAsync(shop));
        Assert.Contains("days old", outcome.Decision, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, true), InlineData(1, true), InlineData(0, false)]
    public void A_clock_that_was_put_a_day_on_or_back_never_stops_training(int days, bool isOld)
    {
        var (now, cutOff, lastStart) = (Now.AddDays(days), Now.AddMinutes(-30), Now.AddMinutes(-20));
        Assert.Equal(isOld, TrainingSchedule.IsOld(now, cutOff, TimeSpan.FromHours(12)));
        Assert.Equal(days == 0, TrainingSchedule.IsTooSoon(now, lastStart, TimeSpan.FromHours(1)));
        Assert.True(TrainingSchedule.NewsSince(now, cutOff, TimeSpan.FromHours(12)) <= now);
    }

    [Fact]
    public async Task A_training_under_a_clock_that_was_put_back_a_day_works_as_ever()
    {
        var shop = await fixture.ServerAsync();
        var outcome = await Training(shop, new ManualClock(Now.AddDays(-1))).RunAsync("schedule", _ => { }, CancellationToken.None);
        Assert.True(outcome.Result is TrainingResult.Refused or TrainingResult.Promoted, outcome.Decision);
        await ServesAsync(shop);
    }

    [Fact]
    public async Task A_product_deleted_after_training_is_shown_nowhere_and_trained_on_without_harm()
    {
        var shop = await fixture.ServerAsync();
        var id = (await shop.IdsAsync("SELECT id FROM products WHERE slug = 'product-19'"))[0];
        await shop.ExecuteAsync("DELETE FROM order_lines WHERE product_id = $1", id);
        await shop.ExecuteAsync("DELETE FROM products WHERE id = $1", id);
        await Refresher(shop).ReadAllAsync(CancellationToken.None);
        using var visitor = await BuyerAsync(shop, "dog");
        Assert.DoesNotContain(id, (await visitor.GetAsync("/")).AllRailProducts());
        Assert.True((await Trainer(shop).TrainAsync("command", CancellationToken.None)).Result is TrainingResult.Refused or TrainingResult.Promoted);
        await ServesAsync(shop);
    }

    [Fact]
    public async Task An_id_that_stands_for_another_product_after_an_import_is_judged_by_what_it_is_now()
    {
        var shop = await fixture.ServerAsync();
        // Every dog product becomes a cat product and the other way round, while the model stays.
        await shop.ExecuteAsync("UPDATE products SET species = CASE WHEN species = '{dog}' THEN '{cat}'::text[] ELSE '{dog}'::text[] END");
        await Refresher(shop).ReadAllAsync(CancellationToken.None);
        using (var visitor = await BuyerAsync(shop, "dog"))
        {
            var shown = (await visitor.GetAsync("/")).AllRailProducts();
            Assert.NotEmpty(shown);
            Assert.Empty((await shop.IdsAsync("SELECT id FROM products WHERE NOT 'dog' = ANY(species)")).Intersect(shown));
        }
        var outcome = await Trainer(shop).TrainAsync("command", CancellationToken.None);
        Assert.Equal(0, outcome.Quality!.Safety!.Violations);
        await shop.ExecuteAsync("UPDATE products SET species = CASE WHEN species = '{dog}' THEN '{cat}'::text[] ELSE '{dog}'::text[] END");
        await Refresher(shop).ReadAllAsync(CancellationToken.None);
    }

    private async Task<T> WithOwnAsync<T>(Func<Recommender.Interactions.InteractionMatrix, CancellationToken, IModel> instead, Func<Task<T>> act)
    {
        fixture.Own.Instead = instead;
        try
        {
            return await act();
        }
        finally
        {
            fixture.Own.Instead = null;
        }
    }

    // As a model trained by the test's own trainer eight days ago: the gate lets one that is as good take its place.
    private static async Task AgeAsync(ShopServer shop)
    {
        await shop.ExecuteAsync("UPDATE recommender_models SET status = 3 WHERE status = 2");
        await shop.ExecuteAsync("UPDATE recommender_models SET status = 2, trained_at = now() - interval '8 days' WHERE id = (SELECT max(id) FROM recommender_models WHERE trainer = 'next-in-line' AND length(content) > 0)");
    }

    private static void Kill(ShopServer shop)
    {
        using var command = shop.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()");
        command.ExecuteNonQuery();
    }

    private static async Task ServesAsync(ShopServer shop)
    {
        using var visitor = await BuyerAsync(shop, "cat");
        Assert.NotEmpty((await visitor.GetAsync("/")).AllRailProducts());
        Assert.NotNull(shop.Services.GetRequiredService<ModelHolder>().Current.Model);
    }

    private static async Task<TestVisitor> BuyerAsync(ShopServer shop, string species) =>
        await shop.ConsentingVisitorAsync(await shop.ScalarAsync<Guid>("SELECT shopper_id FROM pets WHERE species = $1 AND shopper_id IS NOT NULL ORDER BY id LIMIT 1", species));

    private static async Task<int> ServingAsync(ShopServer shop) => (await shop.Services.GetRequiredService<ModelStore>().ServingAsync(CancellationToken.None))!.Value.Version;

    // A replica of its own, with a clock of its own.
    private static TrainingRun Training(ShopServer shop, TimeProvider clock) => ActivatorUtilities.CreateInstance<TrainingRun>(shop.Services, clock);

    private static ModelTrainer Trainer(ShopServer shop) => shop.Services.GetRequiredService<ModelTrainer>();
    private static ServingRefresher Refresher(ShopServer shop) => shop.Services.GetRequiredService<ServingRefresher>();
}
