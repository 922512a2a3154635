using System.ComponentModel.DataAnnotations;

namespace PetShop.Web.Recommendations;

/// <summary>When the model is trained and how rails are filled: section <c>Recommendations</c> of the configuration.</summary>
public sealed class RecommendationOptions
{
    /// <summary>Off in a process that must not train by itself; the button and the command still do.</summary>
    public bool TrainInBackground { get; init; } = true;

    /// <summary>Oldest a serving model gets before the next one is trained.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")] public TimeSpan RetrainAfter { get; init; } = TimeSpan.FromHours(12);

    /// <summary>New events since the serving model's cut-off that bring the next training forward.</summary>
    [Range(100, 100_000_000)] public int RetrainAfterEvents { get; init; } = 50_000;

    /// <summary>Shortest time between two trainings that nobody asked for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")] public TimeSpan RetrainNotBefore { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often the trainer looks whether there is something to do.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")] public TimeSpan CheckEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often trending and sales figures of products are refreshed between trainings.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan StatsEvery { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Fewest weighed interactions worth training on; below it the shop shows popular products.</summary>
    [Range(1, 1_000_000)] public int MinimumInteractions { get; init; } = 200;

    /// <summary>How far back training reads.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")] public TimeSpan TrainOn { get; init; } = TimeSpan.FromDays(730);

    /// <summary>Processor cores a training may use; 0 for half of them, so that pages keep the rest.</summary>
    [Range(0, 1024)] public int TrainingThreads { get; init; }

    /// <summary>A serving model older than this is replaced by one that is as good: it knows newer products.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")] public TimeSpan StaleAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A training that takes longer is given up; the model in service stays.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan TrainingLimit { get; init; } = TimeSpan.FromHours(6);

    /// <summary>A contender that takes longer in one window is left out; the others go on.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "7.00:00:00")] public TimeSpan ContenderLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>At most this many shoppers are tested in each window, spread evenly over all, so that measuring has a bound.</summary>
    [Range(100, 10_000_000)] public int TestedShoppers { get; init; } = 20_000;

    /// <summary>EASE takes part in shops of at most this many products: its time grows with the cube of their number, its memory with the square (two matrices of 4 bytes a pair).</summary>
    [Range(0, 46_000)] public int EaseProducts { get; init; } = 6_000;

    /// <summary>Several usual settings of one trainer compete in shops with fewer interactions; above it one setting does, the tuned one when there is one.</summary>
    [Range(0, 1_000_000_000)] public int ManySettingsBelow { get; init; } = 500_000;

    /// <summary>How often the background trainer looks for better settings; <c>train --tune</c> does it at once.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")] public TimeSpan TuneEvery { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Time that a search for better settings may take, shared by the trainers.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")] public TimeSpan TuneFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Settings tried at most for each trainer in a search.</summary>
    [Range(1, 1_000)] public int TuneTrials { get; init; } = 30;

    /// <summary>Versions whose content is kept, the serving one among them.</summary>
    [Range(1, 100)] public int VersionsKept { get; init; } = 5;

    /// <summary>How often the catalogue in memory is read again even when nobody announced a change.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan CatalogueEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Shortest time between two readings of the catalogue, however many changes are announced.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan CataloguePause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Cards of a full rail.</summary>
    [Range(2, 24)] public int RailSize { get; init; } = 8;

    /// <summary>Chance that a rail that may explore gives one slot to a product it knows little of.</summary>
    [Range(0, 1)] public double ExploreShare { get; init; } = 1;

    /// <summary>Visitors whose lists are kept in memory.</summary>
    [Range(10, 10_000_000)] public int RememberedVisitors { get; init; } = 20_000;
}
