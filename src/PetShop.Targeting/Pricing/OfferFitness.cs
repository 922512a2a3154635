using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Pricing;

/// <summary>Whether a segment may set a price, and what is to be mended where it may not.</summary>
public static class OfferFitness
{
    /// <summary>Fewer members than this could be told one from another by their price.</summary>
    public const int SmallestSegment = 50;

    /// <summary>What speaks against a segment, each as a sentence that says how to mend it; empty when nothing does.</summary>
    /// <param name="name">As merchandisers call it.</param>
    /// <param name="segment">Null where its rule cannot be used.</param>
    /// <param name="isOn">Whether it is switched on.</param>
    /// <param name="members">Null where they are not counted.</param>
    /// <param name="set">The segments it may refer to.</param>
    /// <param name="isOutOfTime">Its time is still to come or over, so that nobody can be counted.</param>
    public static IEnumerable<string> Faults(string name, CompiledSegment? segment, bool isOn, int? members, SegmentSet set, bool isOutOfTime = false)
    {
        if (segment is null)
        {
            yield return $"The rule of “{name}” cannot be used. Mend it, or choose another segment.";
            yield break;
        }
        foreach (var trait in segment.Needs.Traits.Where(t => t.Sensitivity == Sensitivity.Protected))
            yield return $"“{name}” rests on {trait.Label}{Through(segment, trait, set)}, which never sets a price. Take it out of the rule, or choose another segment.";
        if (segment.Needs.IsLiveOnly)
            yield return $"“{name}” is decided anew on each page ({string.Join(", ", segment.Needs.LiveTraits.Select(t => t.Label))}), so nobody can tell whether it has {SmallestSegment} members. Choose a segment of what is stored.";
        else if (!isOn)
            yield return $"“{name}” is switched off, so nobody is in it. Switch it on first.";
        else if (members is null && !isOutOfTime)
            yield return $"The members of “{name}” are being counted. Wait a moment and try again.";
        else if (members < SmallestSegment)
            yield return $"“{name}” has {(members == 1 ? "1 member" : $"{members} members")}; a price needs at least {SmallestSegment}. Widen its rule, or choose a larger segment.";
    }

    /// <summary>The lists a segment rests on: the shop cannot know by what they were drawn up.</summary>
    public static IEnumerable<string> Warnings(string name, CompiledSegment segment) => segment.Needs.Lists.Select(list =>
        $"“{name}” rests on the uploaded list '{list}'. Make sure that it was not drawn up by age, origin, health, religion or income.");

    private static string Through(CompiledSegment segment, Trait trait, SegmentSet set) =>
        segment.Needs.Segments.FirstOrDefault(key => set.TryGet(key, out var other) && other.Needs.Traits.Contains(trait)) is { } through && !Own(segment.Rule).Contains(trait)
            ? $" (through the segment '{through}')" : "";

    private static ValueList<Trait> Own(Rule rule)
    {
        var nothing = RuleNeeds.Of(new AllRule([]), _ => throw new InvalidOperationException("An empty rule refers to nothing."));
        return RuleNeeds.Of(rule, _ => nothing).Traits;
    }
}
