using Microsoft.Extensions.Options;
using Npgsql;

namespace PetShop.Web.Mail;

/// <summary>Forgets what mails said: the words of those that no server took, and the files of those sent, after <see cref="MailOptions.KeepDays"/>.</summary>
public sealed class MailRetention(NpgsqlDataSource source, MailFolder folder, IOptions<MailOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);
    private DateTimeOffset _due = DateTimeOffset.MinValue;

    public async Task ApplyWhenDueAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (now < _due)
            return;
        await ApplyAsync(cancel);
        _due = now + Interval;
    }

    /// <returns>Mails whose words went.</returns>
    public async Task<int> ApplyAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow().AddDays(-options.Value.KeepDays);
        // The row stays for whoever asks why nothing came: when, what about, and the server's answer.
        await using var clear = source.CreateCommand(
            "UPDATE outgoing_mails SET text = '', html = '', to_name = '', unsubscribe_url = NULL WHERE next_try_at IS NULL AND created_at < $1 AND (text <> '' OR html <> '')");
        clear.Parameters.Add(new() { Value = before.UtcDateTime });
        var cleared = await clear.ExecuteNonQueryAsync(cancel);
        return cleared + folder.DeleteBefore(before);
    }
}
