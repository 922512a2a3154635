using Spectre.Console;

namespace PetShop.Benchmarks.Marks;

/// <summary>Figures beside the marks they should keep and beside the bare arithmetic they cannot beat.</summary>
/// <param name="title">What the marks are of.</param>
public sealed class MarkTable(string title = "Marks of the recommender")
{
    private readonly Table _table = new Table().AddColumns("work", "measured", "mark", "verdict", "bare", "measured / bare").Title(title);

    /// <summary>Adds one figure.</summary>
    /// <param name="work">What was done.</param>
    /// <param name="measured">The figure, the smaller the better.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="mark">What it should not exceed; null when it is only told.</param>
    /// <param name="bare">The same figure of nothing but the multiplications, where there is one.</param>
    public void Add(string work, double measured, string unit, double? mark = null, double? bare = null)
    {
        var verdict = mark is null ? "" : measured <= mark ? "met" : $"missed by {measured / mark - 1:0 %}";
        _table.AddRow(work, $"{Figure(measured)} {unit}", mark is { } m ? $"{Figure(m)} {unit}" : "", verdict,
            bare is { } b ? $"{Figure(b)} {unit}" : "", bare is { } c ? $"{measured / c:0.00}" : "");
        Console.WriteLine($"{work}: {Figure(measured)} {unit} {verdict}");
    }

    public void Write()
    {
        // A file or pipe has no width of its own, and 80 columns break every line.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 170;
        AnsiConsole.Write(_table.Caption(BenchmarkPages.MachineLoad()));
    }

    private static string Figure(double value) => value >= 100 || value == 0 ? $"{value:0}" : value >= 1 ? $"{value:0.00}" : $"{value:0.000}";
}
