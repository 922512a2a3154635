namespace PetShop.Benchmarks.Quality;

/// <summary>One line of the table of figures: what we reach on a public data set, beside the published or peer figure.</summary>
/// <param name="Set">Folder of the data set, with the protocol where there are several.</param>
/// <param name="Method">What ranked.</param>
/// <param name="Metric">What was measured.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="Mark">The least figure wanted, or null when there is none.</param>
/// <param name="Source">Whose figure the mark is, or what to compare with.</param>
public sealed record QualityRow(string Set, string Method, string Metric, double Ours, double? Mark = null, string Source = "")
{
    /// <summary>Whether the mark is reached, at the four digits shown; null without a mark.</summary>
    public bool? IsMet => Mark is { } mark ? Math.Round(Ours, 4) >= mark : null;
}

/// <summary>Measures our methods on one public data set.</summary>
/// <param name="Set">Folder of the data set.</param>
/// <param name="Measure">Gives the rows, from the folder.</param>
public sealed record QualitySet(string Set, Func<string, Pace, IReadOnlyList<QualityRow>> Measure);
