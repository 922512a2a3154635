using Npgsql;

namespace PetShop.Web.Targeting.Lists;

/// <summary>What became of an upload. It lives as long as the page that shows it: addresses that belong to nobody are not kept.</summary>
/// <param name="Shoppers">Those named, each once.</param>
/// <param name="Unmatched">Rows that put nobody onto the list, and why.</param>
public sealed record ListMatch(IReadOnlyList<Guid> Shoppers, int Rows, IReadOnlyList<(ListRow Row, string Why)> Unmatched)
{
    private const string Found = """
        SELECT id, NULL FROM shoppers WHERE id = ANY($1)
        UNION ALL SELECT id, normalized_email FROM shoppers WHERE normalized_email = ANY($2)
        """;

    /// <summary>Finds the shoppers whom the rows name.</summary>
    public static async Task<ListMatch> OfAsync(NpgsqlDataSource source, IReadOnlyList<ListRow> rows, CancellationToken cancel)
    {
        var (ids, byEmail) = (new HashSet<Guid>(), new Dictionary<string, Guid>(StringComparer.Ordinal));
        await using var command = source.CreateCommand(Found);
        command.Parameters.Add(new() { Value = rows.Select(r => r.Id).OfType<Guid>().Distinct().ToArray() });
        command.Parameters.Add(new() { Value = rows.Where(r => r.Id is null).Select(r => r.Email).OfType<string>().Select(Normal).Distinct().ToArray() });
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
            if (row.IsDBNull(1))
                ids.Add(row.GetGuid(0));
            else
                byEmail[row.GetString(1)] = row.GetGuid(0);
        return Match(rows, ids, byEmail);
    }

    private static ListMatch Match(IReadOnlyList<ListRow> rows, HashSet<Guid> ids, Dictionary<string, Guid> byEmail)
    {
        var (firstRow, unmatched) = (new Dictionary<Guid, int>(), new List<(ListRow, string)>());
        foreach (var row in rows)
        {
            var shopper = row.Id is { } id ? ids.Contains(id) ? id : (Guid?)null : row.Email is { } email && byEmail.TryGetValue(Normal(email), out var owner) ? owner : null;
            if (shopper is not { } found)
                unmatched.Add((row, !row.NamesSomebody ? "Neither a shopper id nor an e-mail address." : row.Id is not null ? "No shopper has this id; they may have been erased." : "No shopper has this e-mail address."));
            else if (!firstRow.TryAdd(found, row.Number))
                unmatched.Add((row, $"The same shopper as in row {firstRow[found]}: counted once."));
        }
        return new([.. firstRow.Keys], rows.Count, unmatched);
    }

    // As accounts are stored.
    private static string Normal(string email) => email.Normalize().ToUpperInvariant();
}
