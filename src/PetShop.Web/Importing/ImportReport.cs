using System.Globalization;
using CsvHelper;

namespace PetShop.Web.Importing;

/// <summary>What became of the rows of one file; every refused row goes to a file with its line and the reason.</summary>
public sealed class ImportReport(string file, string rejectsPath, TextWriter say) : IDisposable
{
    private readonly Dictionary<string, (int Count, int FirstLine)> _reasons = [];
    private CsvWriter? _rejects;
    private int _lastPercent = -1;

    public int Kept { get; private set; }
    public int Refused => _reasons.Values.Sum(r => r.Count);

    public void Keep() => Kept++;

    /// <param name="line">Line of the row.</param>
    /// <param name="reason">The kind of fault, the same words for the same fault.</param>
    /// <param name="detail">The value at fault and what would be right.</param>
    /// <param name="rawText">The row.</param>
    public void Refuse(int line, string reason, string detail, string rawText)
    {
        var (count, first) = _reasons.GetValueOrDefault(reason, (0, line));
        _reasons[reason] = (count + 1, first);
        if (_rejects is null)
        {
            _rejects = new CsvWriter(new StreamWriter(rejectsPath), CultureInfo.InvariantCulture);
            WriteRow("line", "reason", "detail", "row");
        }
        WriteRow(line.ToString(CultureInfo.InvariantCulture), reason, detail, rawText);
    }

    private void WriteRow(params string[] values)
    {
        foreach (var value in values)
            _rejects!.WriteField(value);
        _rejects!.NextRecord();
    }

    /// <summary>Says how far the file has been read, once for every ten percent.</summary>
    public void ShowProgress(double share)
    {
        var percent = (int)(share * 10) * 10;
        if (percent <= _lastPercent)
            return;
        _lastPercent = percent;
        say.WriteLine($"  {Path.GetFileName(file)}: {percent} % read, {Kept:N0} rows kept, {Refused:N0} refused");
    }

    /// <summary>Prints the sums by reason and where the rows are.</summary>
    public void Summarise()
    {
        say.WriteLine($"{Path.GetFileName(file)}: {Kept:N0} rows kept, {Refused:N0} refused.");
        foreach (var (reason, (count, first)) in _reasons.OrderByDescending(r => r.Value.Count))
            say.WriteLine($"  {count,9:N0}  {reason} (first on line {first:N0})");
        if (_rejects is not null)
            say.WriteLine($"  Each refused row stands with its line and reason in {rejectsPath}");
    }

    public void Dispose() => _rejects?.Dispose();
}
