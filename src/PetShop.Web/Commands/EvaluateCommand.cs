using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Recommender.Content;
using PetShop.Recommender.Evaluation;
using PetShop.Web.Recommendations;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;
using Spectre.Console;

namespace PetShop.Web.Commands;

/// <summary>Prints how well every contender foretells the last purchases, and how the best compares with the model in service; changes nothing.</summary>
public static class EvaluateCommand
{
    private const double UnseenShare = 0.2;
    // Narrower than this the figures would be cut off; a terminal wraps the lines instead, a file keeps them whole.
    private const int LeastWidth = 170;
    // Slices of fewer people say nothing; they are kept with the model all the same.
    private const int LeastShown = 5;
    private static readonly Option<bool> Json = new("--json") { Description = "Print the figures as JSON, as they are kept with a model." };
    private static readonly Option<bool> Repeats = new("--repeats") { Description = "Count repeat purchases, too; without it only products new to a shopper count." };
    private static readonly Option<bool> Unseen = new("--unseen") { Description = "Leave a fifth of the shoppers out of training and test them alone, folded in from their past (strong generalisation)." };

    public static Command Create() => ShopCommand.Create("evaluate",
        "Hold out the last purchases in three windows of time, let every contender compete in the first and the best meet the model in service in the others; full catalogue, lists as a rail makes them.",
        RunAsync, Json, Repeats, Unseen);

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        Action<string> say = parsed.GetValue(Json) ? _ => { } : Console.WriteLine;
        Func<Guid, bool>? unseen = parsed.GetValue(Unseen) ? shopper => RollingWindows.IsUnseen(shopper, UnseenShare) : null;
        var options = services.GetRequiredService<IOptions<RecommendationOptions>>().Value;
        var source = services.GetRequiredService<NpgsqlDataSource>();
        var clock = services.GetRequiredService<TimeProvider>();
        var contenders = services.GetRequiredService<Contenders>();
        var data = await TrainingData.ReadAsync(source, options.TrainOn, clock.GetUtcNow(), say, cancel);
        var lists = new ServedLists(await CatalogueReader.ReadAsync(source, cancel));
        var contest = new Contest(data, lists, options, Environment.ProcessorCount, clock, say) { ExcludeSeen = !parsed.GetValue(Repeats), Unseen = unseen };
        var tuned = await services.GetRequiredService<SettingsSearch>().FoundAsync(cancel);
        var content = ContentVectors.Of(await ContentReader.ReadAsync(source, cancel), new());
        if (!contest.Choose(matrix => contenders.For(matrix, tuned, content), cancel))
            throw new InvalidOperationException("There are no held-out purchases of known people: seed or import orders first.");
        var incumbent = await services.GetRequiredService<Incumbents>().FindAsync(data, content, cancel, unseen);
        contest.Judge(incumbent, cancel);
        var report = contest.Report(incumbent, Compare(contest, incumbent, options), null);
        if (parsed.GetValue(Json))
            Console.WriteLine(report.ToJson());
        else
            Print(report, Console.Out);
        return 0;
    }

    private static GateDecision Compare(Contest contest, Incumbent? incumbent, RecommendationOptions options) =>
        new PromotionGate(new GateOptions { StaleAfter = options.StaleAfter }).Decide(contest.Served, incumbent?.Age ?? TimeSpan.Zero, contest.Candidate!, safetyViolations: 0);

    /// <summary>Writes the report as tables with a sentence before each.</summary>
    internal static void Print(QualityReport report, TextWriter print)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(print) });
        console.Profile.Width = Math.Max(console.Profile.Width, LeastWidth);
        foreach (var window in report.Windows)
            print.WriteLine($"Window for the {window.Purpose}: purchases from {window.From:yyyy-MM-dd HH:mm} to {window.Until:yyyy-MM-dd HH:mm} UTC of {window.Cases:N0} people ({window.ColdShoppers:N0} more had no past).");
        print.WriteLine("First window, every contender:");
        console.Write(Figures(report.Rows));
        foreach (var failure in report.Failures)
            print.WriteLine($"Left out: {failure.Name}: {failure.Reason}");
        print.WriteLine("Later windows, the best, the model in service and popularity:");
        // The best and the one in service may well be the same trainer with the same settings, so the place tells; without a model in service, or where it could not be measured, popularity stands there.
        List<QualityRow> judged = [.. report.Judged.Select((row, i) => i == 1 && report.Judged.Count == 3 ? row with { Name = $"in service: {row.Name}" } : row)];
        console.Write(Figures(judged));
        print.WriteLine("The same by slice, NDCG@10 / recall@20 (people):");
        console.Write(Slices(judged));
        print.WriteLine(report.Difference is { } d
            ? FormattableString.Invariant($"Against the model in service: NDCG@10 {d.Mean:+0.0000;-0.0000;0} (95 % interval {d.Lower:+0.0000;-0.0000;0} to {d.Upper:+0.0000;-0.0000;0}, paired bootstrap), from {d.ReferenceMean:0.0000}.")
            : "No model is in service to compare with.");
        print.WriteLine($"The gate, but for safety, would {(report.Promoted == true ? "promote" : "refuse")} it: {string.Join(' ', report.Reasons)}");
    }

    private static Table Figures(IReadOnlyList<QualityRow> rows)
    {
        var table = new Table().AddColumn("contender");
        foreach (var column in new[] { "NDCG@10", "@20", "recall@10", "@20", "hit@10", "@20", "MRR", "cover", "Gini", "pop.", "bits", "s" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var row in rows)
        {
            table.AddRow([Markup.Escape(row.Name), F(row.Ndcg10), F(row.Ndcg20), F(row.Recall10), F(row.Recall20), F(row.HitRate10), F(row.HitRate20), F(row.Mrr), F(row.Coverage), F(row.Gini),
                row.MeanPopularity.ToString("0.0", CultureInfo.InvariantCulture), row.Novelty.ToString("0.00", CultureInfo.InvariantCulture), row.Seconds.ToString("0.0", CultureInfo.InvariantCulture)]);
        }
        return table;
    }

    private static Table Slices(IReadOnlyList<QualityRow> rows)
    {
        var table = new Table().AddColumn("slice");
        foreach (var row in rows)
            table.AddColumn(new TableColumn(Markup.Escape(row.Name)).RightAligned());
        foreach (var slice in rows.SelectMany(r => r.Slices).Where(s => s.Value.Cases >= LeastShown).Select(s => s.Key).Distinct().Order(StringComparer.Ordinal))
            table.AddRow([Markup.Escape(slice), .. rows.Select(r => r.Slices.TryGetValue(slice, out var s) ? $"{F(s.Ndcg10)} / {F(s.Recall20)} ({s.Cases:N0})" : "–")]);
        return table;
    }

    private static string F(double figure) => figure.ToString("0.0000", CultureInfo.InvariantCulture);
}
