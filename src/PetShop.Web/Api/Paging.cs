using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PetShop.Web.Api;

/// <summary>One page of a list.</summary>
/// <param name="Items">In the order of the list.</param>
/// <param name="Next">Give it as "cursor" for what follows; of lists that grow it is there at the end, too, for asking again later. Null when nothing can follow.</param>
/// <param name="HasMore">Whether more is there already.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, bool HasMore);

/// <summary>Makes pages of what was read.</summary>
public static class Page
{
    /// <param name="read">One more than the page holds, when there are more.</param>
    /// <param name="at">What a cursor after an entry holds.</param>
    /// <param name="show">How an entry is shown.</param>
    public static Page<TShown> Of<TRead, TShown>(List<TRead> read, int size, Func<TRead, string> at, Func<TRead, TShown> show)
    {
        var hasMore = read.Count > size;
        var kept = hasMore ? read[..size] : read;
        return new(kept.ConvertAll(r => show(r)), hasMore ? Cursor.Write(at(kept[^1])) : null, hasMore);
    }

    /// <summary>A page of a list that goes on after its end: there, too, is a cursor, for asking again later.</summary>
    /// <param name="read">One more than the page holds, when there are more.</param>
    /// <param name="at">What a cursor after an entry holds.</param>
    /// <param name="before">The cursor that led here; null for none.</param>
    public static Page<T> OfGrowing<T>(List<T> read, int size, Func<T, string> at, string? before)
    {
        var page = Of(read, size, at, item => item);
        return page with { Next = page.Items.Count > 0 ? Cursor.Write(at(page.Items[^1])) : before };
    }
}

/// <summary>Where a page of a list begins; opaque to who uses it, so that its meaning may change.</summary>
public static class Cursor
{
    public static string Write(string at) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(at));

    /// <returns>False for a text that is no cursor.</returns>
    public static bool TryRead(string? cursor, [NotNullWhen(true)] out string? at)
    {
        at = null;
        if (cursor is not { Length: > 0 and < 300 } || !Base64Url.IsValid(cursor))
            return false;
        at = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return true;
    }

    public static bool TryRead(string? cursor, out long at) => long.TryParse(TryRead(cursor, out string? text) ? text : null, out at);

    public static bool TryRead(string? cursor, out Guid at) => Guid.TryParseExact(TryRead(cursor, out string? text) ? text : null, "D", out at);

    /// <summary>What is wrong with a page that is asked for; null when nothing is.</summary>
    public static Fault? Wrong(int? limit, string? cursor, bool isRead) =>
        limit is < 1 or > ApiOptions.LargestPage ? new("limit", $"A page of {limit} is asked for.", $"Ask for 1 to {ApiOptions.LargestPage}.")
        : cursor is not null && !isRead ? new("cursor", "This is no cursor of this list.", "Take it from \"next\" of the page before, or leave it out for the first page.") : null;
}
