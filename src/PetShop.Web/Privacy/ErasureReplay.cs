using Npgsql;
using PetShop.Data.Events;
using PetShop.Web.Tracking;

namespace PetShop.Web.Privacy;

/// <summary>Erases again whatever a restored backup brought back of people who had been erased.</summary>
public sealed class ErasureReplay(NpgsqlDataSource source, ErasureJournal journal, IServiceScopeFactory scopes)
{
    /// <summary>Tables of what a browser leaves, which goes with its own mark alone.</summary>
    private static readonly string[] BrowserSteps =
    [
        $"DELETE FROM events t WHERE t.shopper_id IS NULL AND {Marked("t.visitor_id", "t.occurred_at", wholePerson: false)}",
        $"DELETE FROM pets t WHERE t.visitor_id IS NOT NULL AND {Marked("t.visitor_id", "t.created_at", wholePerson: false)}",
        $"DELETE FROM taste_corrections t WHERE t.visitor_id IS NOT NULL AND {Marked("t.visitor_id", "t.made_at", wholePerson: false)}",
        $"DELETE FROM carts t WHERE {Marked("t.id", "t.created_at", wholePerson: true)}",
    ];

    // Table, id, and when the row was made: what a browser left after its person was erased is another story, and stays.
    private static readonly (string Table, string Id, string Made)[] ShopperColumns =
    [
        ("shoppers", "id", "registered_at"), ("events", "shopper_id", "occurred_at"), ("orders", "shopper_id", "placed_at"), ("consent_receipts", "shopper_id", "given_at"),
        ("reviews", "shopper_id", "created_at"),
    ];

    private static readonly (string Table, string Id, string Made)[] VisitorColumns =
        [("events", "visitor_id", "occurred_at"), ("orders", "visitor_id", "placed_at"), ("consent_receipts", "visitor_id", "given_at"), ("pets", "visitor_id", "created_at"), ("taste_corrections", "visitor_id", "made_at")];

    /// <summary>Makes journal and table equal, then erases every person and browser that has a mark and yet has rows.</summary>
    /// <returns>Whom it met: people, and rows of browsers; null when another replica is at it.</returns>
    public async Task<(int People, int Rows)?> RunAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        if (!await ScalarAsync<bool>(connection, "SELECT pg_try_advisory_lock(hashtext('petshop.erasure-replay'))", cancel))
            return null;
        try
        {
            await ReconcileAsync(connection, cancel);
            if (!await ScalarAsync<bool>(connection, "SELECT EXISTS (SELECT FROM erasures)", cancel))
                return (0, 0);
            var people = await ReturnedPeopleAsync(connection, cancel);
            await using var scope = scopes.CreateAsyncScope();
            var erasing = scope.ServiceProvider.GetRequiredService<Erasing>();
            foreach (var subject in people)
                await erasing.EraseAsync(subject, null, cancel);
            return (people.Count, await EraseBrowserRowsAsync(connection, cancel));
        }
        finally
        {
            await ScalarAsync<bool>(connection, "SELECT pg_advisory_unlock(hashtext('petshop.erasure-replay'))", CancellationToken.None);
        }
    }

    private async Task ReconcileAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var kept = journal.Read();
        List<ErasureMark> missing = [];
        await using (var command = new NpgsqlCommand("SELECT subject_hash, erased_at, whole_person FROM erasures", connection))
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                var mark = new ErasureMark(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetBoolean(2));
                if (!kept.TryGetValue(mark.SubjectHash, out var known) || (mark.WholePerson && !known.WholePerson))
                    missing.Add(mark);
            }
        }
        journal.Append(missing);
        await using var insert = new NpgsqlCommand("""
            INSERT INTO erasures (subject_hash, erased_at, whole_person) SELECT * FROM unnest($1, $2, $3)
            ON CONFLICT (subject_hash) DO UPDATE SET whole_person = true WHERE excluded.whole_person AND NOT erasures.whole_person
            """, connection);
        foreach (var values in (ReadOnlySpan<object>)[kept.Values.Select(m => m.SubjectHash).ToArray(), kept.Values.Select(m => m.ErasedAt.UtcDateTime).ToArray(), kept.Values.Select(m => m.WholePerson).ToArray()])
            insert.Parameters.Add(new() { Value = values });
        await insert.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<List<DataSubject>> ReturnedPeopleAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        List<DataSubject> people = [.. (await MarkedIdsAsync(connection, ShopperColumns, "", cancel)).Select(id => new DataSubject(id, []))];
        // What another account did on a shared browser is not the erased person's.
        var visitors = await MarkedIdsAsync(connection, VisitorColumns, " AND t.shopper_id IS NULL", cancel);
        if (visitors.Count > 0)
            people.Add(new(null, visitors));
        return people;
    }

    private static async Task<List<Guid>> MarkedIdsAsync(NpgsqlConnection connection, (string Table, string Id, string Made)[] columns, string condition, CancellationToken cancel)
    {
        // Grouped first: hashing every id once is cheap, hashing every event is not.
        var parts = columns.Select(c => $"SELECT t.{c.Id} AS id, min(t.{c.Made}) AS made FROM {c.Table} t WHERE t.{c.Id} IS NOT NULL{condition} GROUP BY 1");
        await using var command = new NpgsqlCommand($"SELECT DISTINCT s.id FROM ({string.Join(" UNION ALL ", parts)}) s WHERE {Marked("s.id", "s.made", wholePerson: true)}", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        List<Guid> ids = [];
        while (await row.ReadAsync(cancel))
            ids.Add(row.GetGuid(0));
        return ids;
    }

    private static async Task<int> EraseBrowserRowsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var wait = new NpgsqlCommand($"SELECT pg_advisory_xact_lock(hashtext('{EventTable.ErasureLock}'))", connection, transaction))
            await wait.ExecuteNonQueryAsync(cancel);
        var rows = 0;
        foreach (var step in BrowserSteps)
        {
            await using var command = new NpgsqlCommand(step, connection, transaction);
            rows += await command.ExecuteNonQueryAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return rows;
    }

    private static string Marked(string id, string made, bool wholePerson) =>
        $"EXISTS (SELECT FROM erasures x WHERE x.subject_hash = encode(sha256(uuid_send({id})), 'hex') AND {made} <= x.erased_at{(wholePerson ? " AND x.whole_person" : "")})";

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancel))!;
    }
}

/// <summary>Replays erasures once at each start, beside the serving of pages.</summary>
public sealed partial class ErasureReplayAtStart(ErasureReplay replay, TimeProvider clock, ILogger<ErasureReplayAtStart> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await replay.RunAsync(stoppingToken) is { } met && (met.People > 0 || met.Rows > 0))
                    LogReplayed(met.People, met.Rows);
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogLater(Pause.TotalSeconds, e.Message);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database held people who had been erased, as a restored backup does: erased {People} again, and {Rows} rows of browsers")]
    private partial void LogReplayed(int people, int rows);

    [LoggerMessage(LogLevel.Warning, "Could not look for erased people that a backup brought back; next try in {DelaySeconds:0} s: {Problem}")]
    private partial void LogLater(double delaySeconds, string problem);
}
