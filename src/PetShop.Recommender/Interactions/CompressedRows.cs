namespace PetShop.Recommender.Interactions;

/// <summary>A sparse matrix by rows: each row's cells stand together, in order of column.</summary>
/// <param name="starts">Where each row starts; one entry more than rows.</param>
/// <param name="cells">All cells, row after row.</param>
public sealed class CompressedRows(int[] starts, Interaction[] cells)
{
    /// <summary>Number of rows.</summary>
    public int Count => starts.Length - 1;

    /// <summary>Number of cells in all rows.</summary>
    public int CellCount => cells.Length;

    /// <summary>The cells of one row.</summary>
    public ReadOnlySpan<Interaction> this[int row] => cells.AsSpan(starts[row], starts[row + 1] - starts[row]);

    /// <summary>The same cells by column.</summary>
    /// <param name="columns">Number of columns.</param>
    public CompressedRows Transpose(int columns)
    {
        var begin = new int[columns + 1];
        foreach (var cell in cells)
            begin[cell.Index + 1]++;
        for (var c = 0; c < columns; c++)
            begin[c + 1] += begin[c];
        var next = begin[..columns];
        var turned = new Interaction[cells.Length];
        for (var row = 0; row < Count; row++)
        {
            foreach (var cell in this[row])
                turned[next[cell.Index]++] = cell with { Index = row };
        }
        return new CompressedRows(begin, turned);
    }
}
