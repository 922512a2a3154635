using Npgsql;

namespace PetShop.Web;

/// <summary>Remembers who looked at personal data or changed what shoppers see: a member of staff, or a key of the API.</summary>
public sealed class AuditLog(NpgsqlDataSource source, TimeProvider clock)
{
    public Task WriteAsync(HttpContext http, string action, string subject, CancellationToken cancel) => WriteAsync(Who(http), action, subject, cancel);

    public async Task WriteAsync(string actor, string action, string subject, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("INSERT INTO audit_entries (at, actor, action, subject) VALUES ($1, $2, $3, $4)");
        foreach (var value in (ReadOnlySpan<object>)[clock.GetUtcNow().UtcDateTime, actor, action, subject])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The signed-in member of staff, as logs name them.</summary>
    public static string Who(HttpContext http) => http.User.Identity?.Name ?? "unknown";
}
