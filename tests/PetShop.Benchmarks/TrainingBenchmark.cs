using System.Diagnostics;
using PetShop.TestHost;
using PetShop.Web.Commands;
using PetShop.Web.Database;
using PetShop.Web.Recommendations.Training;
using Spectre.Console;

namespace PetShop.Benchmarks;

/// <summary>Seconds from the first row read to the precomputed neighbours, all contenders included: on the demo and, where its files are, on the UCI Online Retail data.</summary>
public static class TrainingBenchmark
{
    private const string DataSet = "online_retail_uci";

    public static async Task RunAsync(Pace pace)
    {
        var table = new Table().AddColumns("data", "interactions", "seconds in all", "contender", "NDCG@10", "recall@20", "coverage", "its seconds").Title("Training");
        await using (var demo = await BenchmarkShop.OpenAsync("benchmark"))
            await TrainAsync(table, "demo", demo);
        if (Repository.DataSet(DataSet) is { } folder)
        {
            await using var real = await BenchmarkShop.OpenAsync("benchmark_uci", fill: app => ImportAsync(app, folder));
            await TrainAsync(table, "UCI Online Retail", real);
        }
        else
        {
            Console.WriteLine($"The folder {DataSet} is not here; set PETSHOP_DATA to the folder of data sets to train on it, too.");
        }
        AnsiConsole.Write(table.Caption(BenchmarkPages.MachineLoad()));
    }

    private static Task ImportAsync(WebApplication app, string folder) => ImportCommand.ImportAsync(
        app.Services, Path.Combine(folder, "products.csv.gz"), Path.Combine(folder, "transactions.csv.gz"),
        Path.Combine(Repository.WebFolder, "Importing", "Mappings", "online-retail-uci.json"), Directory.CreateTempSubdirectory("petshop-rejects-").FullName, CancellationToken.None);

    private static async Task TrainAsync(Table table, string data, BenchmarkShop shop)
    {
        await using var app = shop.Build();
        var interactions = "";
        var started = Stopwatch.GetTimestamp();
        var outcome = await app.Services.GetRequiredService<TrainingRun>().RunAsync("command", line =>
        {
            if (line.Contains("interactions of", StringComparison.Ordinal))
                interactions = line;
        }, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine($"{data}: {outcome.Decision}");
        foreach (var row in outcome.Quality?.Rows ?? [])
            table.AddRow(data, interactions, $"{seconds:0.0}", row.Name, $"{row.Ndcg10:0.0000}", $"{row.Recall20:0.0000}", $"{row.Coverage:0 %}", $"{row.Seconds:0.0}");
    }
}
