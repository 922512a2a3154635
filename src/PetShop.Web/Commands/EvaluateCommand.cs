using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Training;
using PetShop.Web.Recommendations;
using PetShop.Web.Recommendations.Training;
using Spectre.Console;

namespace PetShop.Web.Commands;

/// <summary>Prints how well popularity, item-item and ALS foretell the last purchases.</summary>
public static class EvaluateCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print the figures as JSON." };
    private static readonly Option<bool> Repeats = new("--repeats") { Description = "Count repeat purchases, too; without it only products new to a shopper count." };
    private static readonly Option<bool> Tune = new("--tune") { Description = "Try the settings of ALS on an earlier holdout and test the best one." };

    public static Command Create() => ShopCommand.Create("evaluate",
        "Hold out the last purchases in time and print NDCG@10, recall@20 and coverage of popularity, item-item and ALS over the full catalogue.", RunAsync, Json, Repeats, Tune);

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var json = parsed.GetValue(Json);
        void Say(string line)
        {
            if (!json)
                Console.WriteLine(line);
        }

        var options = services.GetRequiredService<IOptions<RecommendationOptions>>().Value;
        var data = await TrainingData.ReadAsync(services.GetRequiredService<NpgsqlDataSource>(), options.TrainOn, services.GetRequiredService<TimeProvider>().GetUtcNow(), Say, cancel);
        if (data.Holdout is not { Cases.Count: > 0 } holdout)
            throw new InvalidOperationException("There are no held-out purchases of known people: seed or import orders first.");
        var contest = new Contest(holdout, data.HeldOutSince!.Value, Environment.ProcessorCount, Say, !parsed.GetValue(Repeats));
        var all = Contenders.For(holdout.Training, Environment.ProcessorCount);
        contest.Run(parsed.GetValue(Tune) ? all : [new ItemItemTrainer(new ItemItemOptions()), new AlsTrainer(new AlsOptions())], cancel);
        var report = contest.Report(null);
        if (json)
            Console.WriteLine(report.ToJson());
        else
            Print(report, holdout, data);
        return 0;
    }

    private static void Print(QualityReport report, Holdout holdout, TrainingData data)
    {
        var table = new Table().AddColumn("contender");
        foreach (var column in new[] { "NDCG@10", "recall@20", "coverage", "hit rate@10", "Gini", "train s" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var row in report.Rows)
            table.AddRow(Markup.Escape(row.Name), F(row.Ndcg10), F(row.Recall20), F(row.Coverage), F(row.HitRate10), F(row.Gini), row.Seconds.ToString("0.0", CultureInfo.InvariantCulture));
        Console.WriteLine($"Held out: purchases after {report.HeldOutSince:yyyy-MM-dd HH:mm} UTC of {report.Cases:N0} people ({holdout.ColdShoppers:N0} more had no past); "
            + $"learned from {holdout.Training.Count:N0} of {data.All.Count:N0} interactions with {holdout.Training.ItemCount:N0} products.");
        AnsiConsole.Write(table);
    }

    private static string F(double figure) => figure.ToString("0.0000", CultureInfo.InvariantCulture);
}
