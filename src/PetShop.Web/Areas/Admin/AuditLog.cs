using Npgsql;

namespace PetShop.Web.Areas.Admin;

/// <summary>Remembers which member of staff looked at personal data or changed what shoppers see.</summary>
public sealed class AuditLog(NpgsqlDataSource source, TimeProvider clock)
{
    public async Task WriteAsync(HttpContext http, string action, string subject, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("INSERT INTO audit_entries (at, actor, action, subject) VALUES ($1, $2, $3, $4)");
        foreach (var value in (ReadOnlySpan<object>)[clock.GetUtcNow().UtcDateTime, Who(http), action, subject])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The signed-in member of staff, as logs name them.</summary>
    public static string Who(HttpContext http) => http.User.Identity?.Name ?? "unknown";
}
