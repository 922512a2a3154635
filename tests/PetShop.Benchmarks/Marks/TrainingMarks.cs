using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Training;
using PetShop.TestHost;

namespace PetShop.Benchmarks.Marks;

/// <summary>CPU-seconds of an epoch at 64 factors, all cores together, beside the bare cost of its arithmetic in the same run.</summary>
public static class TrainingMarks
{
    private const int Rank = 64;
    // The reference's measurement of the same method at the largest size below.
    private const double ReferenceSeconds = 7.3;

    public static void Add(MarkTable table, Pace pace)
    {
        BareArithmetic.CpuSeconds(2e9);
        AddMovieLens(table, pace);
        AddGrowth(table, pace);
        table.Add("peak memory of this process, the largest shop included", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB");
    }

    private static void AddMovieLens(MarkTable table, Pace pace)
    {
        var real = Repository.DataSet("ml1m_ncf") is { } folder ? Path.Combine(folder, "train.csv.gz") : "";
        var (name, matrix) = File.Exists(real) ? ("MovieLens-1M", MovieLens(real)) : ("a shop of MovieLens-1M's shape", SyntheticShop.Of(6_040, 3_706, 1_000_000, spread: 1));
        AddEpoch(table, pace, $"{name}: epoch over {matrix.Count:N0} interactions", matrix, mark: 0.8);
    }

    private static void AddGrowth(MarkTable table, Pace pace)
    {
        var perInteraction = 0d;
        foreach (var times in new[] { 1, 4, 16 })
        {
            var matrix = SyntheticShop.Of(37_175 * times, 7_163 * times, 330_600 * times, spread: 1.1);
            var work = $"{times}x: epoch of {matrix.ShopperCount:N0} shoppers, {matrix.ItemCount:N0} products, {matrix.Count:N0} interactions";
            var seconds = AddEpoch(table, pace, work, matrix, times == 16 ? ReferenceSeconds : null);
            if (times == 1)
                perInteraction = seconds / matrix.Count;
            else
                table.Add($"{times}x: cost of an interaction, times that at 1x", seconds / matrix.Count / perInteraction, "x", mark: 1.5);
        }
    }

    private static double AddEpoch(MarkTable table, Pace pace, string work, InteractionMatrix matrix, double? mark)
    {
        var epochs = EpochSeconds(matrix, pace.IsQuick ? 4 : 7);
        var operations = AlsOperations.OfEpoch(matrix, Rank);
        double[] bare = [.. Enumerable.Range(0, 3).Select(_ => BareArithmetic.CpuSeconds(operations)).Order()];
        table.Add(work, epochs, "CPU-s", mark, bare[1]);
        Console.WriteLine($"  {operations / 1e9:0.0} G operations: {operations / epochs / 1e9:0} G a second and core, bare {operations / bare[1] / 1e9:0}");
        return epochs;
    }

    // The median; the first epoch also compiles and is left out.
    private static double EpochSeconds(InteractionMatrix matrix, int epochs)
    {
        var marks = new List<TimeSpan>();
        new AlsTrainer(new AlsOptions { Rank = Rank, Epochs = epochs, UnobservedWeight = .3, Regularization = .007 }).Train(matrix, new Listener(() => marks.Add(Environment.CpuUsage.TotalTime)));
        double[] each = [.. marks.Zip(marks.Skip(1), (from, to) => (to - from).TotalSeconds).Skip(1).Order()];
        return each[each.Length / 2];
    }

    private static InteractionMatrix MovieLens(string file)
    {
        var day = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var builder = new InteractionMatrixBuilder(day, maxEventsPerShopper: 5_000);
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        lines.ReadLine();
        while (lines.ReadLine()?.Split(',') is [var user, var item, ..])
            builder.Add(new Guid(int.Parse(user, CultureInfo.InvariantCulture), 0, 0, new byte[8]), int.Parse(item, CultureInfo.InvariantCulture), InteractionKind.View, day);
        return builder.Build();
    }

    private sealed class Listener(Action act) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => act();
    }
}
