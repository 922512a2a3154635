using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Data.Models;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.TestHost;
using PetShop.Web.Recommendations;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Recommendations;

/// <summary>What is kept with a model, models from outside, settings that were searched for, and how many versions stay.</summary>
public sealed class ModelVersionTests(LearningShop fixture) : IClassFixture<LearningShop>
{
    [Fact]
    public async Task Everything_measured_is_kept_with_the_model_in_a_shape_that_says_its_number()
    {
        var shop = await fixture.ServerAsync();
        Assert.Equal(TrainingResult.Promoted, fixture.Trained!.Result);
        var kept = QualityReport.FromJson(await shop.ScalarAsync<string>("SELECT quality::text FROM recommender_models WHERE id = $1", fixture.Trained.Version!))!;
        Assert.Equal(QualityReport.CurrentShape, kept.Shape);
        Assert.Equal(["choice", "gate", "gate"], kept.Windows.Select(w => w.Purpose));
        var judged = kept.Judged[0];
        Assert.Equal(kept.Best, judged.Name);
        Assert.Equal("popularity", kept.Judged[^1].Name);
        Assert.True(judged.Ndcg10 > kept.Judged[^1].Ndcg10, $"{judged}");
        Assert.Equal(kept.Windows.Skip(1).Sum(w => w.Cases), judged.Cases);
        Assert.True(judged is { Ndcg20: > 0, Recall10: > 0, HitRate20: > 0, Mrr: > 0, MeanPopularity: > 0, Novelty: > 0 }, $"{judged}");
        Assert.True(judged.Slices["dog"].Cases > 0 && judged.Slices["cat"].Cases > 0 && judged.Slices["exploring"].Cases > 0);
        Assert.Equal(10, judged.ByPopularity.Count);
        Assert.Equal(1, judged.Lorenz[^1], 1e-9);
        Assert.True(kept.Safety is { Households: > 20, Lists: > 20, Products: > 100, Violations: 0, Example: null }, $"{kept.Safety}");
        Assert.True(kept.Promoted);
        Assert.Equal(kept.Reasons, [fixture.Trained.Decision]);
        foreach (var kind in new[] { "als", "ease", "item-item", "next-in-line", "popularity" })
            Assert.Contains(kept.Rows, r => r.Name.StartsWith(kind, StringComparison.Ordinal));
    }

    [Fact]
    public void Figures_kept_by_an_older_version_are_still_read()
    {
        var old = QualityReport.FromJson("""{"best":"als","incumbent":null,"heldOutSince":"2026-01-01T00:00:00+00:00","cases":5,"rows":[{"name":"als","ndcg10":0.1,"recall20":0.2,"coverage":0.3,"hitRate10":0.4,"gini":0.5,"seconds":1}]}""")!;
        Assert.Equal((1, .1), (old.Shape, Assert.Single(old.Rows).Ndcg10));
        Assert.Empty(old.Judged);
        Assert.Null(QualityReport.FromJson("{}"));
    }

    [Fact]
    public async Task A_model_from_outside_is_measured_recorded_as_imported_and_compared_as_it_is_from_then_on()
    {
        var shop = await fixture.ServerAsync();
        var (version, content) = await Store(shop).ContentAsync(null, CancellationToken.None);
        var stored = ModelFile.Read(content);
        var outcome = await Import(shop).RunAsync(ModelFile.Write(stored with { Info = stored.Info with { Trainer = "my-engine" } }), _ => { }, CancellationToken.None);
        Assert.Equal(TrainingResult.Promoted, outcome.Result);
        Assert.Contains("40 of 40 products are sold here", outcome.Decision, StringComparison.Ordinal);
        Assert.Equal("import", await shop.ScalarAsync<string>("SELECT trigger FROM recommender_models WHERE id = $1 AND status = 2", outcome.Version!));
        var kept = QualityReport.FromJson(await shop.ScalarAsync<string>("SELECT quality::text FROM recommender_models WHERE id = $1", outcome.Version!))!;
        Assert.Equal("my-engine", kept.Judged[0].Name);
        var next = await Trainer(shop).TrainAsync("command", CancellationToken.None);
        Assert.Contains($"model {outcome.Version} as it is", next.Quality!.Incumbent, StringComparison.Ordinal);
        await Store(shop).RollBackAsync(version, "test", CancellationToken.None);
    }

    [Fact]
    public async Task A_file_that_is_altered_or_about_other_products_is_refused_in_words_and_changes_nothing()
    {
        var shop = await fixture.ServerAsync();
        var (version, content) = await Store(shop).ContentAsync(null, CancellationToken.None);
        var altered = content.ToArray();
        altered[^40] ^= 1;
        Assert.Contains("altered", (await Assert.ThrowsAsync<InvalidDataException>(() => Import(shop).RunAsync(altered, _ => { }, CancellationToken.None))).Message, StringComparison.Ordinal);
        var foreign = ModelFile.Write(ModelFile.Read(content) with { Model = new FactorModel(new ItemIndex([900_001, 900_002]), 1, [1, 2], new FoldInOptions()) });
        Assert.Contains("None of the 2 products", (await Assert.ThrowsAsync<InvalidDataException>(() => Import(shop).RunAsync(foreign, _ => { }, CancellationToken.None))).Message, StringComparison.Ordinal);
        Assert.Equal(version, (await Store(shop).ServingAsync(CancellationToken.None))!.Value.Version);
        Assert.Contains("no model of version 999", (await Assert.ThrowsAsync<InvalidDataException>(() => Store(shop).ContentAsync(999, CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_waits_for_nobody_while_a_training_is_under_way()
    {
        var shop = await fixture.ServerAsync();
        await using var held = await TrainingLock.TryTakeAsync(Source(shop), CancellationToken.None);
        var (_, content) = await Store(shop).ContentAsync(null, CancellationToken.None);
        Assert.Equal(TrainingResult.Busy, (await Import(shop).RunAsync(content, _ => { }, CancellationToken.None)).Result);
    }

    [Fact]
    public async Task Settings_are_searched_for_when_due_every_trial_is_kept_and_the_best_compete_from_then_on()
    {
        var shop = await fixture.ServerAsync();
        await Trainer(shop).TrainAsync("command", CancellationToken.None, tune: Tune.Now);
        Assert.Equal(["als", "ease", "item-item"], await NamesAsync(shop, "SELECT DISTINCT trainer FROM tuning_runs ORDER BY trainer"));
        using var trials = JsonDocument.Parse(await shop.ScalarAsync<string>("SELECT trials::text FROM tuning_runs WHERE trainer = 'item-item'"));
        Assert.True(trials.RootElement.GetArrayLength() > 1);
        var first = trials.RootElement[0];
        Assert.Equal(1, first.GetProperty("number").GetInt32());
        Assert.True(first.GetProperty("parameters").GetProperty("shrinkage").GetDouble() > 0 && first.GetProperty("ndcg10").GetDouble() > 0);
        Assert.True(await shop.ScalarAsync<bool>("SELECT bool_and(score >= usual_score AND finished_at >= started_at AND trigger = 'command') FROM tuning_runs"));

        var searches = await shop.ScalarAsync<long>("SELECT count(*) FROM tuning_runs");
        var next = await Trainer(shop).TrainAsync("schedule", CancellationToken.None, tune: Tune.IfDue);
        Assert.Equal(searches, await shop.ScalarAsync<long>("SELECT count(*) FROM tuning_runs"));
        var shrinkage = await shop.ScalarAsync<string>("SELECT parameters->>'shrinkage' FROM tuning_runs WHERE trainer = 'item-item' ORDER BY finished_at DESC LIMIT 1");
        Assert.Contains(next.Quality!.Rows, r => r.Name.StartsWith(FormattableString.Invariant($"item-item h={double.Parse(shrinkage, System.Globalization.CultureInfo.InvariantCulture):0.####} "), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_content_of_five_versions_is_kept_and_the_one_in_service_is_among_them()
    {
        var shop = await fixture.ServerAsync();
        var store = Store(shop);
        var (before, content) = await store.ContentAsync(null, CancellationToken.None);
        List<int> published = [];
        for (var i = 0; i < 7; i++)
            published.Add(await store.PublishAsync(Copy(content), versionsKept: 5, CancellationToken.None));
        Assert.Equal(published[^5..], await shop.IdsAsync("SELECT id FROM recommender_models WHERE length(content) > 0 ORDER BY id"));
        Assert.Equal(published[^1], (await store.ServingAsync(CancellationToken.None))!.Value.Version);
        await store.RollBackAsync(published[2], "test", CancellationToken.None);
        for (var i = 0; i < 4; i++)
            await store.RefuseAsync(Copy(content), CancellationToken.None);
        Assert.Equal(published[2], (await store.ServingAsync(CancellationToken.None))!.Value.Version);
        await Assert.ThrowsAsync<InvalidDataException>(() => store.RollBackAsync(before, "test", CancellationToken.None));
    }

    [Fact]
    public async Task The_lists_of_households_are_judged_by_the_plain_facts_of_each_product()
    {
        var shop = await fixture.ServerAsync();
        var catalogue = await CatalogueReader.ReadAsync(Source(shop), CancellationToken.None);
        var sample = await shop.Services.GetRequiredService<SafetyAudit>().LoadAsync(catalogue, CancellationToken.None);
        var model = shop.Services.GetRequiredService<ModelHolder>().Current.Model!;
        Assert.Equal(0, sample.Count("test", model.Model).Violations);
        // The sets that rails are made from stand already: facts that change behind their back must be found out.
        for (var column = 0; column < catalogue.Count; column++)
            catalogue[column].Species[0] = "parrot";
        var count = sample.Count("test", model.Model);
        Assert.True(count.Violations > 0 && count.Violations <= count.Products, $"{count}");
        Assert.Contains("is not for a", count.Example, StringComparison.Ordinal);
    }

    private static RecommenderModel Copy(byte[] content) => new()
    {
        Trainer = "next-in-line", Trigger = "command", TrainedAt = TimeProvider.System.GetUtcNow(), DataCutOff = TimeProvider.System.GetUtcNow(), Parameters = "{}", Quality = "{}", Decision = "", Content = content,
    };

    private static async Task<string[]> NamesAsync(ShopServer shop, string sql) => await shop.ScalarAsync<string[]>($"SELECT array_agg(trainer) FROM ({sql}) t");
    private static ModelStore Store(ShopServer shop) => shop.Services.GetRequiredService<ModelStore>();
    private static ModelImport Import(ShopServer shop) => shop.Services.GetRequiredService<ModelImport>();
    private static ModelTrainer Trainer(ShopServer shop) => shop.Services.GetRequiredService<ModelTrainer>();
    private static NpgsqlDataSource Source(ShopServer shop) => shop.Services.GetRequiredService<NpgsqlDataSource>();
}
