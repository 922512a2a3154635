namespace PetShop.Web.Tracking;

/// <summary>An announcement on the channel of visitors: something about a person changed.</summary>
/// <param name="Id">A visitor's or a shopper's.</param>
/// <param name="Stays">Nothing that was recorded was taken away; else whatever is kept of them must go.</param>
public readonly record struct VisitorNews(Guid Id, bool Stays)
{
    public const string Channel = "petshop_visitors";
    private const string StaysMark = " stays";

    /// <summary>What the database sends.</summary>
    public string Payload => Stays ? Id + StaysMark : Id.ToString();

    /// <summary>Reads a payload; null for one that names nobody.</summary>
    public static VisitorNews? Parse(string payload)
    {
        var stays = payload.EndsWith(StaysMark, StringComparison.Ordinal);
        return Guid.TryParse(stays ? payload.AsSpan(0, payload.Length - StaysMark.Length) : payload, out var id) ? new(id, stays) : null;
    }
}
