using System.Globalization;
using PetShop.TestHost;
using Spectre.Console;

namespace PetShop.Benchmarks.Quality;

/// <summary>One table: how well the recommender ranks on public data, beside published figures.</summary>
public static class QualityBenchmark
{
    private static readonly QualitySet[] Sets =
    [
        MovieLens.Set,
        AmazonElectronics.Set,
        OnlineRetail.Set,
        RetailRocketQuality.Rows,
        ColdItemQuality.Rows,
        InstacartQuality.Rows,
    ];

    public static Task RunAsync(Pace pace)
    {
        var table = new Table().AddColumns("set", "method", "metric", "ours", "mark / peer figure", "met?").Title("Quality of rankings");
        List<string> absent = [];
        foreach (var (set, measure) in Sets.Where(s => pace.Only.Count == 0 || pace.Only.Contains(s.Set)))
        {
            if (Repository.DataSet(set) is not { } folder)
                absent.Add(set);
            else
                foreach (var row in measure(folder, pace))
                    table.AddRow(Cells(row));
        }
        AnsiConsole.Write(table);
        if (absent.Count > 0)
            Console.WriteLine($"Not measured, because the data is not here: {string.Join(", ", absent)}. Set PETSHOP_DATA to the folder of data sets.");
        return Task.CompletedTask;
    }

    private static string[] Cells(QualityRow row) =>
    [
        row.Set, row.Method, row.Metric, Figure(row.Ours),
        row.Mark is { } mark ? $"{Figure(mark)} {row.Source}".Trim() : row.Source,
        row.IsMet switch { true => "yes", false => $"no, {Figure(row.Ours - row.Mark!.Value)}", null => "" },
    ];

    private static string Figure(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
