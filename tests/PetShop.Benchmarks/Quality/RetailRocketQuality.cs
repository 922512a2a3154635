using System.Diagnostics;
using System.IO.Compression;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Sessions;

namespace PetShop.Benchmarks.Quality;

/// <summary>The next click of anonymous sessions: hit rate and MRR at 20 over the test prefixes, all products eligible, those of the session too.</summary>
/// <remarks>
/// The settings were tuned on the last 7 % of the training sessions alone. The set gives sessions in order without times; they are spread evenly over its 137 days.
/// The time of a list is that of one thread, the best of three, so that other work on the machine is not counted.
/// </remarks>
internal static class RetailRocketQuality
{
    private const string Set = "retailrocket_sessions";
    private const int Days = 137, Length = 20;

    public static QualitySet Rows { get; } = new(Set, Measure);

    private static IReadOnlyList<QualityRow> Measure(string folder, Pace pace)
    {
        var model = Train(folder);
        var cases = Lines(folder, "test_prefixes.csv.gz").Select(row => (Prefix: Array.ConvertAll(row[1].Split(' '), p => model.Items.ColumnOf(int.Parse(p))), Target: model.Items.ColumnOf(int.Parse(row[2])))).ToArray();
        var all = new Eligibility(model.Items.Count, all: true);
        var places = Places(model, cases, _ => all, out var milliseconds);
        var fresh = cases.Where(c => !c.Prefix.Contains(c.Target)).ToArray();
        var freshPlaces = Places(model, fresh, c => all.Copy().Except(c), out _);
        return
        [
            new(Set, "sessions", "hit rate@20", HitRate(places), .559, "session neighbours"),
            new(Set, "sessions", "MRR@20", Mrr(places), .271, "session neighbours"),
            new(Set, "sessions, products not yet clicked", "hit rate@20", HitRate(freshPlaces)),
            new(Set, "sessions, products not yet clicked", "MRR@20", Mrr(freshPlaces)),
            new(Set, "sessions", "ms a list, p50", milliseconds[milliseconds.Length / 2], null, "below 1 wanted"),
            new(Set, "sessions", "ms a list, p99", milliseconds[milliseconds.Length * 99 / 100], null, "below 1 wanted"),
        ];
    }

    private static SessionModel Train(string folder)
    {
        var options = new SessionModelOptions();
        var builder = new SessionLogBuilder(options);
        var sessions = Lines(folder, "train_sessions.csv.gz").Select(row => Array.ConvertAll(row[1].Split(' '), int.Parse)).ToArray();
        for (var s = 0; s < sessions.Length; s++)
            builder.Add(DateTimeOffset.UnixEpoch.AddDays((double)Days * s / sessions.Length), sessions[s]);
        return new SessionModel(builder.Build(), options);
    }

    // Place of each target in its list, from 1; 0 when it is not there.
    private static int[] Places(SessionModel model, (int[] Prefix, int Target)[] cases, Func<int[], Eligibility> eligible, out double[] milliseconds)
    {
        var places = new int[cases.Length];
        milliseconds = new double[cases.Length];
        var top = new Ranked[Length];
        for (var i = 0; i < cases.Length; i++)
        {
            var may = eligible(cases[i].Prefix);
            (var found, milliseconds[i]) = (0, double.PositiveInfinity);
            for (var turn = 0; turn < 3; turn++)
            {
                var started = Stopwatch.GetTimestamp();
                found = model.Top(cases[i].Prefix, may, top);
                milliseconds[i] = Math.Min(milliseconds[i], Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            places[i] = 1 + Array.FindIndex(top, 0, found, r => r.Item == cases[i].Target);
        }
        Array.Sort(milliseconds);
        return places;
    }

    private static double HitRate(int[] places) => places.Count(p => p > 0) / (double)places.Length;

    private static double Mrr(int[] places) => places.Sum(p => p > 0 ? 1.0 / p : 0) / places.Length;

    private static IEnumerable<string[]> Lines(string folder, string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, file)), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return line.Split(',');
    }
}
