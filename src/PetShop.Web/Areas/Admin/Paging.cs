namespace PetShop.Web.Areas.Admin;

/// <summary>Where a long list stands; the state of the list is kept in the links.</summary>
/// <param name="Number">From 1.</param>
public sealed record Paging(int Number, int Total, int Size = 50)
{
    public int Last => Math.Max(1, (Total + Size - 1) / Size);
    public int Skip => (Math.Clamp(Number, 1, Last) - 1) * Size;

    /// <summary>The request's address with another page, or another value of any field; null removes the field.</summary>
    public static string Link(HttpRequest request, string field, string? value)
    {
        var query = request.Query.Where(q => q.Key != field && (q.Key != "page" || field == "page")).SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v)).ToList();
        if (value is not null)
            query.Add(new(field, value));
        return request.PathBase + request.Path + QueryString.Create(query);
    }
}
