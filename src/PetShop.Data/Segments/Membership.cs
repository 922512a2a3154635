using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PetShop.Data.Segments;

/// <summary>What made a shopper enter or leave a segment.</summary>
public enum TransitionCause : short
{
    Consent = 1, Profile = 2, Event = 3, Clock = 4, Rule = 5, Catalogue = 6, Check = 7, List = 8,
    /// <summary>What a browser did joined the account at a sign-in.</summary>
    Merge = 9,
    /// <summary>Forecasts, favourites or scores were worked out anew.</summary>
    Model = 10,
    /// <summary>The segment's own time began or ended.</summary>
    Schedule = 11,
}

/// <summary>Lets a transaction say why it changes what rules ask.</summary>
public static class TransitionCauses
{
    /// <summary>The statement that names the cause of all that the transaction changes after it.</summary>
    public static string Name(TransitionCause cause) => FormattableString.Invariant($"SELECT set_config('petshop.cause', '{(short)cause}', true)");
}

/// <summary>The segments of one shopper: bit n belongs to the segment whose slot is n, 62 bits to a word.</summary>
public sealed class SegmentMembers
{
    public Guid ShopperId { get; set; }
    public long[] Words { get; set; } = [];
    /// <summary>What the leaves of rules that ask pets or events answered, a bit each, by the slots of <see cref="StoredLeaf"/>.</summary>
    public long[] Leaves { get; set; } = [];
}

internal sealed class SegmentMembersMapping : IEntityTypeConfiguration<SegmentMembers>
{
    // No foreign key: a check for each of a million rows would cost more than filling them. A trigger on shoppers removes them.
    public void Configure(EntityTypeBuilder<SegmentMembers> members) => members.HasKey(m => m.ShopperId);
}

/// <summary>An active segment's bit, its size, and the rule its stored members come from.</summary>
public sealed class SegmentSlot
{
    public int SegmentId { get; set; }
    public int Slot { get; set; }
    /// <summary>Hash of the rule, of the rules it refers to and of the time zone.</summary>
    public required string Fingerprint { get; set; }
    public int Members { get; set; }
    /// <summary>When everyone was last asked because the rule was new.</summary>
    public DateTimeOffset FilledAt { get; set; }
}

internal sealed class SegmentSlotMapping : IEntityTypeConfiguration<SegmentSlot>
{
    public void Configure(EntityTypeBuilder<SegmentSlot> slot)
    {
        slot.HasKey(s => s.SegmentId);
        slot.Property(s => s.SegmentId).ValueGeneratedNever();
        slot.HasIndex(s => s.Slot).IsUnique();
    }
}

/// <summary>A part of rules whose answer is remembered of every shopper.</summary>
public sealed class StoredLeaf
{
    public int Slot { get; set; }
    /// <summary>The part, as JSON.</summary>
    public required string Leaf { get; set; }
}

internal sealed class StoredLeafMapping : IEntityTypeConfiguration<StoredLeaf>
{
    public void Configure(EntityTypeBuilder<StoredLeaf> leaf)
    {
        leaf.ToTable("segment_leaves").HasKey(l => l.Slot);
        leaf.Property(l => l.Slot).ValueGeneratedNever();
    }
}

/// <summary>A shopper's entry into a segment or exit from it.</summary>
public sealed class SegmentTransition
{
    public long Id { get; set; }
    public Guid ShopperId { get; set; }
    public int SegmentId { get; set; }
    public bool Entered { get; set; }
    public TransitionCause Cause { get; set; }
    public DateTimeOffset At { get; set; }
}

internal sealed class SegmentTransitionMapping : IEntityTypeConfiguration<SegmentTransition>
{
    public void Configure(EntityTypeBuilder<SegmentTransition> transition)
    {
        transition.HasIndex(t => new { t.ShopperId, t.At });
        transition.HasIndex(t => new { t.SegmentId, t.At });
        transition.HasIndex(t => new { t.SegmentId, t.Id });
    }
}

/// <summary>Whom something happened to since the last look; without a shopper it is everyone or, with words, somebody who is gone.</summary>
public sealed class SegmentMark
{
    public Guid? ShopperId { get; set; }
    public TransitionCause Cause { get; set; }
    public long[]? Words { get; set; }
    /// <summary>What the answers about pets (bit 0) and events of type n (bit n) may no longer be; -1 for all.</summary>
    public short Stale { get; set; }
}

internal sealed class SegmentMarkMapping : IEntityTypeConfiguration<SegmentMark>
{
    public void Configure(EntityTypeBuilder<SegmentMark> mark) => mark.HasNoKey();
}

/// <summary>The one row that says as of when the stored membership is true.</summary>
public sealed class MembershipState
{
    public int Id { get; set; }
    public DateTimeOffset AsOf { get; set; }
    /// <summary>When a month of events is dropped, everyone is asked again.</summary>
    public string? OldestPartition { get; set; }
}

internal sealed class MembershipStateMapping : IEntityTypeConfiguration<MembershipState>
{
    public void Configure(EntityTypeBuilder<MembershipState> state) => state.Property(s => s.Id).ValueGeneratedNever();
}
