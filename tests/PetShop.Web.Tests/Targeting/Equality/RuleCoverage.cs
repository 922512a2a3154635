using PetShop.Targeting.Segments;

namespace PetShop.Web.Tests.Targeting.Equality;

/// <summary>Notes what the rules asked, and which traits told people apart, so that a property that asks less than it says fails.</summary>
internal sealed class RuleCoverage
{
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _splitting = new(StringComparer.Ordinal);

    public int Trees { get; private set; }
    public int Splits { get; private set; }

    /// <param name="members">How many of <paramref name="people"/> the rule holds.</param>
    public void Note(Rule rule, bool isSingle, int members, int people)
    {
        Trees++;
        Splits += members > 0 && members < people ? 1 : 0;
        Walk(rule, isSingle && members > 0 && members < people);
    }

    /// <summary>What was never asked, and traits that never told two people apart.</summary>
    public IEnumerable<string> Gaps() => Wanted().Where(w => !_asked.ContainsKey(w)).Concat(
        TraitCatalogue.All.Where(t => t.Scope != TraitScope.Visit).Select(t => $"{t.Scope}.{t.Key}").Where(t => !_splitting.Contains(t)).Select(t => $"{t} told nobody apart"));

    public override string ToString() => string.Join('\n', _asked.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Value,7} {a.Key}"));

    private static IEnumerable<string> Wanted() =>
    [
        .. RuleBatch.Comparisons.Select(c => Name(c.Trait, c.Operator)),
        .. Enum.GetValues<MeasureKind>().SelectMany(k => RuleOperators.ForMeasures.Select(op => $"{k.Name()} {op.Name()}")),
        .. Enum.GetValues<WindowUnit>().Select(u => $"within {u.Name()}"),
        .. Enum.GetValues<PetQuantifier>().Select(q => q.Name()),
        .. Enum.GetValues<BehaviourType>().Select(t => $"event {t.Name()}"),
        "all", "any", "not", "segment", "rollout", "list inline", "list named", "then", "then_not",
    ];

    private static string Name(Trait trait, RuleOperator op) => $"{trait.Scope}.{trait.Key} {op.Name()}";

    private void Count(string asked) => _asked[asked] = _asked.GetValueOrDefault(asked) + 1;

    private void Walk(Rule? rule, bool splits)
    {
        switch (rule)
        {
            case AllRule all: Each("all", all.Parts, splits); break;
            case AnyRule any: Each("any", any.Parts, splits); break;
            case NotRule not: Each("not", [not.Part], splits); break;
            case PetRule pet: Each(pet.Quantifier.Name(), [pet.Where], splits); break;
            case TraitRule leaf:
                Count(Name(leaf.Trait, leaf.Operator));
                if (splits)
                    _splitting.Add($"{leaf.Trait.Scope}.{leaf.Trait.Key}");
                break;
            case EventRule e:
                Count($"{e.Measure.Kind.Name()} {e.Operator.Name()}");
                Events(e.Events, e.Within, splits);
                break;
            case SequenceRule s:
                Count(s.Follows ? "then" : "then_not");
                Events(s.First, s.Within, splits);
                Events(s.Then, null, splits);
                break;
            case SegmentRule: Count("segment"); break;
            case RolloutRule: Count("rollout"); break;
            case ListRule: Count("list inline"); break;
            case NamedListRule: Count("list named"); break;
        }
    }

    private void Each(string kind, ValueList<Rule> parts, bool splits)
    {
        Count(kind);
        foreach (var part in parts)
            Walk(part, splits);
    }

    private void Events(EventFilter filter, Window? within, bool splits)
    {
        Count($"event {filter.Type.Name()}");
        if (within is not null)
            Count($"within {within.Unit.Name()}");
        Walk(filter.Where, splits);
    }
}
