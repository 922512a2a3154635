using System.Diagnostics.CodeAnalysis;

namespace PetShop.Targeting.Segments;

/// <summary>One compiled segment.</summary>
public sealed class CompiledSegment
{
    internal CompiledSegment(string key, Rule rule, RuleNeeds needs, Func<Subject, bool> tree) => (Key, Rule, Needs, Tree) = (key, rule, needs, tree);

    public string Key { get; }
    public Rule Rule { get; }
    public RuleNeeds Needs { get; }
    internal Func<Subject, bool> Tree { get; }

    /// <summary>Whether the visitor is a member: the gate first, then the tree.</summary>
    public bool Matches(VisitorFacts visitor, Moment at) => Admits(visitor, at) && Tree(new Subject(visitor, at));

    /// <summary>The gate outside the tree: nobody who refused a purpose the rule rests on, or is too young for it. Whom no message may reach is for its sender to know.</summary>
    public bool Admits(VisitorFacts visitor, Moment at) => (visitor.PurposesAt(at) & Needs.Purposes) == Needs.Purposes;
}

/// <summary>Segments that may refer to each other, compiled once and asked for every visitor; immutable, so a rule edit makes a new set.</summary>
public sealed class SegmentSet
{
    private readonly Dictionary<string, CompiledSegment> _byKey = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, Rule> _rules;
    private readonly IReadOnlyDictionary<string, string>? _names;

    /// <param name="lists">Keys of the lists that rules may name; null where nobody asks.</param>
    /// <param name="names">What messages call the segments; by their keys where a name is not known.</param>
    /// <exception cref="ArgumentException">A segment refers to one or to a list that is not there, or to itself; the message names the path.</exception>
    public SegmentSet(IReadOnlyDictionary<string, Rule> rules, IReadOnlySet<string>? lists = null, IReadOnlyDictionary<string, string>? names = null)
    {
        (_rules, Lists, _names) = (rules, lists, names);
        foreach (var key in rules.Keys)
            Compile(key, []);
    }

    /// <summary>Every segment after those it refers to.</summary>
    public IReadOnlyCollection<CompiledSegment> Segments => _byKey.Values;

    /// <summary>Keys of the lists that rules may name; null where nobody asks.</summary>
    public IReadOnlySet<string>? Lists { get; }

    public CompiledSegment this[string key] => _byKey.TryGetValue(key, out var segment) ? segment : throw new ArgumentException($"There is no segment '{key}'.", nameof(key));

    public bool TryGet(string key, [MaybeNullWhen(false)] out CompiledSegment segment) => _byKey.TryGetValue(key, out segment);

    /// <summary>Compiles a rule that is not (yet) a segment, over the segments of this set.</summary>
    public CompiledSegment Draft(Rule rule) => Build("(draft)", rule, []);

    /// <summary>The keys of the segments the visitor belongs to.</summary>
    public HashSet<string> MembershipsOf(VisitorFacts visitor, Moment at)
    {
        var member = new HashSet<string>(StringComparer.Ordinal);
        foreach (var segment in _byKey.Values)
            if (segment.Matches(visitor, at))
                member.Add(segment.Key);
        return member;
    }

    /// <summary>What keeps these rules from working together, in a sentence; null when nothing does.</summary>
    public static string? Fault(IReadOnlyDictionary<string, Rule> rules, IReadOnlySet<string>? lists = null, IReadOnlyDictionary<string, string>? names = null)
    {
        try
        {
            _ = new SegmentSet(rules, lists, names);
            return null;
        }
        catch (SegmentReferenceException fault)
        {
            return fault.Message;
        }
    }

    private CompiledSegment Compile(string key, List<string> path)
    {
        if (_byKey.TryGetValue(key, out var done))
            return done;
        if (path.IndexOf(key) is >= 0 and var start)
            throw new SegmentReferenceException($"Refers to itself through {string.Join(" → ", path.Skip(start).Append(key).Select(Called))}. Take one of these references out.");
        if (!_rules.TryGetValue(key, out var rule))
            throw new SegmentReferenceException($"{(path.Count > 0 ? $"{Called(path[^1])} refers" : "The rule refers")} to a segment '{key}' that is not there.{Hint(key)}");
        path.Add(key);
        var segment = Build(key, rule, path);
        path.RemoveAt(path.Count - 1);
        _byKey.Add(key, segment);
        return segment;
    }

    private CompiledSegment Build(string key, Rule rule, List<string> path)
    {
        var needs = RuleNeeds.Of(rule, k => Compile(k, path).Needs);
        if (Lists is not null && needs.Lists.FirstOrDefault(l => !Lists.Contains(l)) is { } missing)
            throw new SegmentReferenceException($"{(_rules.ContainsKey(key) ? $"{Called(key)} names" : "The rule names")} a list '{missing}' that is not there."
                + (RuleNames.Nearest(missing, Lists) is { } nearest ? $" Did you mean '{nearest}'?" : " Upload it under this key first, or take it out of the rule."));
        return new(key, rule, needs, RuleCompiler.Compile(rule, k => Compile(k, path).Tree));
    }

    private string Called(string key) => _names?.TryGetValue(key, out var name) == true ? $"“{name}”" : $"'{key}'";

    private string Hint(string key) => RuleNames.Nearest(key, _rules.Keys) is { } nearest ? $" Did you mean '{nearest}'?" : " Make it first, or take the reference out.";
}

/// <summary>Segments that refer to each other in a circle, or to one, or a list, that is not there.</summary>
public sealed class SegmentReferenceException(string message) : ArgumentException(message);
