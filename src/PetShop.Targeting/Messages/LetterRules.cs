namespace PetShop.Targeting.Messages;

/// <summary>Why somebody gets no letter; the numbers are stored.</summary>
public enum LeaveOut : short
{
    None = 0, NoAddress = 1, Minor = 2, Suppressed = 3, NotAgreed = 4, LeftSegment = 5, Capped = 6, TooLate = 7, Stopped = 8, Unsure = 9, NotTaken = 10,
}

/// <summary>What is known of one reader when a letter is due.</summary>
/// <param name="Bar">What stands against any letter to them: address, age, suppression, consent.</param>
/// <param name="IsMember">Whether they belong to the campaign's segments at this moment, and to none it leaves out.</param>
/// <param name="LastLetterAt">Of any campaign.</param>
public sealed record LetterCase(LeaveOut Bar, bool IsMember, DateTimeOffset DueAt, DateTimeOffset? LastLetterAt);

/// <summary>Write now, leave out for a reason, or look again later.</summary>
public readonly record struct LetterVerdict(LeaveOut Reason, DateTimeOffset? NotBefore)
{
    public bool Writes => Reason == LeaveOut.None && NotBefore is null;
}

/// <summary>Decides whether a letter is written now: who may get it outranks when.</summary>
/// <param name="Cap">Least time between two letters to one reader, whatever the campaign.</param>
/// <param name="LateBy">After so long a letter is no longer worth reading.</param>
public sealed record LetterRules(TimeSpan Cap, TimeSpan LateBy, QuietHours Quiet)
{
    /// <param name="mayWait">Whether a letter too many is put off (one that follows an entry) or left out (one that is sent once).</param>
    public LetterVerdict Judge(LetterCase reader, bool mayWait, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (reader.Bar != LeaveOut.None)
            return new(reader.Bar, null);
        if (!reader.IsMember)
            return new(LeaveOut.LeftSegment, null);
        if (now > reader.DueAt + LateBy)
            return new(LeaveOut.TooLate, null);
        if (reader.LastLetterAt is { } last && now < last + Cap)
            return !mayWait ? new(LeaveOut.Capped, null) : last + Cap > reader.DueAt + LateBy ? new(LeaveOut.Capped, null) : new(LeaveOut.None, last + Cap);
        return new(LeaveOut.None, Quiet.Hold(now, zone) ? Quiet.EndFrom(now, zone) : null);
    }
}
