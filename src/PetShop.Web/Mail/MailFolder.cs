using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace PetShop.Web.Mail;

/// <summary>The mails that were kept as files, newest first, for developers and the admin area.</summary>
public sealed partial class MailFolder(IOptions<MailOptions> options, IHostEnvironment host)
{
    /// <summary>One kept mail; <see cref="Id"/> is the name of its file without the ending.</summary>
    public sealed record Entry(string Id, DateTimeOffset SentAt, Letter Letter);

    public string Path { get; } = System.IO.Path.GetFullPath(options.Value.Folder, host.ContentRootPath);

    /// <summary>Whether mails go to files at all; false when a mail server is configured.</summary>
    public bool IsInUse => options.Value.Host.Length == 0;

    /// <summary>The newest mails, at most <paramref name="limit"/>, optionally of one recipient.</summary>
    public IReadOnlyList<Entry> List(int limit = 100, string? toAddress = null) =>
        !Directory.Exists(Path) ? [] : Directory.EnumerateFiles(Path, "*.eml")
            .Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Where(id => IdPattern().IsMatch(id))
            .OrderDescending(StringComparer.Ordinal).Select(Read).OfType<Entry>()
            .Where(entry => toAddress is null || entry.Letter.ToAddress.Equals(toAddress, StringComparison.OrdinalIgnoreCase))
            .Take(limit).ToList();

    /// <summary>Removes mails that were sent before a moment.</summary>
    /// <returns>How many went.</returns>
    public int DeleteBefore(DateTimeOffset moment)
    {
        if (!IsInUse || !Directory.Exists(Path))
            return 0;
        var oldest = moment.UtcDateTime.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        var old = Directory.EnumerateFiles(Path, "*.eml").Where(file => System.IO.Path.GetFileNameWithoutExtension(file) is var id
            && IdPattern().IsMatch(id) && string.CompareOrdinal(id[..19], oldest) < 0).ToList();
        old.ForEach(File.Delete);
        return old.Count;
    }

    /// <summary>One mail, or null where no file of that name is readable.</summary>
    public Entry? Read(string id)
    {
        if (!IdPattern().IsMatch(id))
            return null;
        try
        {
            var sentAt = DateTimeOffset.ParseExact(id[..19], "yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return new(id, sentAt, EmlFile.Read(File.ReadAllText(System.IO.Path.Combine(Path, id + ".eml"))));
        }
        catch (Exception e) when (e is IOException or FormatException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[0-9]{8}-[0-9]{6}-[0-9]{3}-[0-9a-f]{32}$")]
    private static partial Regex IdPattern();
}
