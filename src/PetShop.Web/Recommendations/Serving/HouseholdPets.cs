using System.Collections.Concurrent;
using Npgsql;
using PetShop.Data.Shoppers;
using PetShop.Web.Database;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>The pets of households and what their people said of their lists, kept in memory until the database announces a change.</summary>
public sealed class HouseholdPets(NpgsqlDataSource source, OutageCover cover)
{
    private const int Remembered = 50_000;
    private const string Sql =
        """
        SELECT id, name, species, born_on, weight_g, adult_weight_g, neutered, activity, diet, allergies, died_on
        FROM pets WHERE shopper_id = $1 OR visitor_id = $2 ORDER BY created_at, id
        """;
    private const string CorrectionsSql = "SELECT kind, product_id, species, made_at FROM taste_corrections WHERE shopper_id = $1 OR visitor_id = $2 ORDER BY made_at DESC";
    private readonly ConcurrentDictionary<Guid, Household> _households = new();
    private long _changes;

    /// <summary>The pets of the shopper or, before there is an account, of the browser; <see cref="Household.Unreadable"/> where a page has to do without.</summary>
    public ValueTask<Household> GetAsync(Visitor visitor, CancellationToken cancel)
    {
        if (visitor.HistoryKey is not { } key)
            return ValueTask.FromResult(Household.Unknown);
        return _households.TryGetValue(key, out var household) ? ValueTask.FromResult(household) : new(ReadCoveredAsync(visitor, key, cancel));
    }

    public void Forget(Guid household)
    {
        Interlocked.Increment(ref _changes);
        _households.TryRemove(household, out _);
    }

    public void ForgetAll()
    {
        Interlocked.Increment(ref _changes);
        _households.Clear();
    }

    // What was forgotten was changed: an older state of it could lack an allergy, so nothing stands in for it.
    private Task<Household> ReadCoveredAsync(Visitor visitor, Guid key, CancellationToken cancel) =>
        cover.ReadAsync(() => ReadAsync(visitor, key, cancel), () => Household.Unreadable);

    private async Task<Household> ReadAsync(Visitor visitor, Guid key, CancellationToken cancel)
    {
        var before = Interlocked.Read(ref _changes);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Command(Sql, visitor, key));
        batch.BatchCommands.Add(Command(CorrectionsSql, visitor, key));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        List<PetFacts> pets = [];
        while (await reader.ReadAsync(cancel))
            pets.Add(Read(reader));
        List<Correction> corrections = [];
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            corrections.Add(new((CorrectionKind)reader.GetInt16(0), reader.GetInt32(1), reader.GetFieldValue<string[]>(2), reader.GetFieldValue<DateTimeOffset>(3)));
        var household = new Household([.. pets.Where(p => p.DiedOn is null)], [.. pets.Where(p => p.DiedOn is not null)]) { Corrections = new(corrections) };
        if (_households.Count >= Remembered)
            _households.Clear();
        // A change announced while this was read may be missing from it; then the next request reads again.
        if (Interlocked.Read(ref _changes) == before)
            _households[key] = household;
        return household;
    }

    private static NpgsqlBatchCommand Command(string sql, Visitor visitor, Guid key)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new() { Value = visitor.ShopperId ?? Guid.Empty });
        command.Parameters.Add(new() { Value = visitor.ShopperId is null ? key : Guid.Empty });
        return command;
    }

    private static PetFacts Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.GetString(2))
    {
        BornOn = row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3),
        WeightG = row.IsDBNull(4) ? null : row.GetInt32(4),
        AdultWeightG = row.IsDBNull(5) ? null : row.GetInt32(5),
        Neutered = row.IsDBNull(6) ? null : row.GetBoolean(6),
        Activity = row.IsDBNull(7) ? null : row.GetString(7),
        Diet = row.IsDBNull(8) ? null : row.GetString(8),
        Allergies = row.GetFieldValue<string[]>(9),
        DiedOn = row.IsDBNull(10) ? null : row.GetFieldValue<DateOnly>(10),
    };
}
