using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests;

/// <summary>The ten lines of src/docs/recommender.md, for whoever wants the library without the shop.</summary>
public sealed class LibraryAloneTests
{
    [Fact]
    public void Ten_lines_train_and_serve_somebody_who_was_never_trained_on()
    {
        var now = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        // Cats' people buy 1 to 3, dogs' people 4 to 6, each two of the three.
        var purchases = Enumerable.Range(0, 60).SelectMany(u => new[] { u % 3, (u + 1) % 3 }.Select(p => (Shopper: new Guid(u, 0, 0, new byte[8]), Product: p + (u < 30 ? 1 : 4), At: now.AddDays(-u))));

        var builder = new InteractionMatrixBuilder(asOf: now);
        foreach (var (shopper, product, at) in purchases)
            builder.Add(shopper, product, InteractionKind.Purchase, at);
        var model = new AlsTrainer(new AlsOptions { Rank = 2 }).Train(builder.Build());
        InteractionEvent[] events = [new(4, InteractionKind.Purchase, now.AddDays(-2))];
        var history = ShopperHistory.Weigh(events, model.Items, now);
        var eligible = new Eligibility(model.Items.Count, all: true);
        eligible[model.Items.ColumnOf(4)] = false;
        var top = new Ranked[2];
        var found = model.Top(history, eligible, top);

        Assert.Equal([5, 6], top[..found].Select(r => model.Items[r.Item]).Order());
    }
}
