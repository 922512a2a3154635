namespace PetShop.Targeting;

/// <summary>When something that a merchandiser planned holds: segments, banners, offers and rules of the shelf alike.</summary>
public static class Schedule
{
    /// <summary>From its beginning on, up to but without its end; null is open on that side.</summary>
    public static bool Holds(DateTimeOffset? startsAt, DateTimeOffset? endsAt, DateTimeOffset at) => !(at < startsAt) && !(at >= endsAt);
}
