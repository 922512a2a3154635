using Npgsql;
using PetShop.Data.Models;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Sessions;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>What comes next in a visit, in columns of the catalogue. Immutable.</summary>
public sealed class SessionLookup
{
    private readonly SessionModel _model;
    private readonly int[] _catalogueColumn;

    public SessionLookup(SessionModel model, Catalogue catalogue)
    {
        _model = model;
        _catalogueColumn = Array.ConvertAll(model.Items.Products.ToArray(), catalogue.Items.ColumnOf);
    }

    /// <summary>The likeliest next products among those that may appear, best first; none when no click is known.</summary>
    /// <param name="clicks">Product ids in the order they were looked at.</param>
    /// <param name="eligible">Columns of the catalogue.</param>
    public Ranked[] Next(int[] clicks, Eligibility eligible, int count)
    {
        var columns = Array.ConvertAll(clicks, _model.Items.ColumnOf);
        if (!_model.Knows(columns))
            return [];
        var allowed = new Eligibility(_catalogueColumn.Length);
        for (var column = 0; column < _catalogueColumn.Length; column++)
            if (_catalogueColumn[column] >= 0 && eligible[_catalogueColumn[column]])
                allowed[column] = true;
        var top = new Ranked[count];
        var found = _model.Top(columns, allowed, top);
        return Array.ConvertAll(top[..found], r => new Ranked(_catalogueColumn[r.Item], r.Score));
    }

    /// <summary>The saved visits as a model; null before the first training.</summary>
    /// <exception cref="InvalidDataException">What was saved is damaged.</exception>
    public static async Task<SessionModel?> ReadAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT content FROM session_logs WHERE id = $1");
        command.Parameters.Add(new() { Value = SessionLogRow.TheOne });
        return await command.ExecuteScalarAsync(cancel) is byte[] content ? new(SessionFile.Read(content), new SessionModelOptions()) : null;
    }
}
