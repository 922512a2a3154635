namespace PetShop.Web.Tests.Targeting;

/// <summary>A clock that stands until it is moved, in either direction.</summary>
internal sealed class MovedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
