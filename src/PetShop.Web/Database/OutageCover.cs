namespace PetShop.Web.Database;

/// <summary>Lets a page go on while the database is away: what it cannot read it takes from what was kept, and it says so.</summary>
/// <remarks>
/// Only for pages that are looked at. What changes something, and work without a request, fails as ever and is done again.
/// What is kept is never shown while the database answers: a reading that failed is tried once more before.
/// </remarks>
public sealed class OutageCover(IHttpContextAccessor accessor)
{
    /// <summary>Whether a request met a database that did not answer.</summary>
    public static bool IsUsedIn(HttpContext http) => http.Features.Get<Mark>() is not null;

    /// <summary>Whether the request under way did.</summary>
    public bool IsUsed => accessor.HttpContext is { } http && IsUsedIn(http);

    /// <summary>Notes that something of this request's page could not be read and was left out or taken from memory.</summary>
    public void Note() => NoteIn(accessor.HttpContext, isAway: false);

    /// <summary>Reads or, while the database is away, takes what was kept.</summary>
    /// <param name="kept">Null when nothing is; then the failure goes on.</param>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read, Func<T?> kept) where T : class?
    {
        if (accessor.HttpContext is not { } http || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
            return await read();
        // Each further try of the same request may wait for a time-out of its own.
        if (http.Features.Get<Mark>() is { IsAway: true } && kept() is { } known)
            return known;
        try
        {
            return await read();
        }
        catch (Exception e) when (DatabaseAway.Explains(e))
        {
            return await ReadAgainAsync(http, read, kept);
        }
    }

    // A connection that broke while it waited in the pool fails once; a database that is away fails again.
    private static async Task<T> ReadAgainAsync<T>(HttpContext http, Func<Task<T>> read, Func<T?> kept) where T : class?
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (DatabaseAway.Explains(e) && kept() is { } known)
        {
            NoteIn(http, isAway: true);
            return known;
        }
    }

    private static void NoteIn(HttpContext? http, bool isAway)
    {
        if (http is not null && http.Features.Get<Mark>() is not { IsAway: true })
            http.Features.Set(new Mark(isAway));
    }

    private sealed record Mark(bool IsAway);
}
