using Npgsql;
using PetShop.Data.Models;
using PetShop.Recommender.Sessions;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Saves past visits for the rails of visits under way; the table's trigger tells every replica.</summary>
public sealed class SessionWriter(NpgsqlDataSource source, TimeProvider clock)
{
    private const string Sql =
        """
        INSERT INTO session_logs (id, made_at, session_count, click_count, content) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET made_at = excluded.made_at, session_count = excluded.session_count, click_count = excluded.click_count, content = excluded.content
        """;

    /// <param name="cutOff">Nothing later is read.</param>
    public async Task WriteAsync(DateTimeOffset cutOff, CancellationToken cancel)
    {
        var log = await new SessionReader(source).ReadAsync(cutOff, new SessionModelOptions(), cancel);
        await using var command = source.CreateCommand(Sql);
        foreach (var value in new object[] { SessionLogRow.TheOne, clock.GetUtcNow(), log.Count, log.ClickCount, SessionFile.Write(log) })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
