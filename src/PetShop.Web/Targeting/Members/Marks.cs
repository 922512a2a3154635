using PetShop.Data.Segments;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting.Members;

/// <summary>Whom something happened to since the last look, each with the weightiest cause and with what is to be looked up again.</summary>
internal sealed class Marks
{
    // A statement for each kind of looking up pays from here on.
    private const int Many = 500;
    private static readonly TransitionCause[] Weightiest =
    [
        TransitionCause.Consent, TransitionCause.Merge, TransitionCause.Profile, TransitionCause.Event, TransitionCause.Model, TransitionCause.Clock, TransitionCause.Rule, TransitionCause.Catalogue,
        TransitionCause.Check, TransitionCause.List,
    ];

    private static readonly int[] Places = [.. Enumerable.Range(0, Weightiest.Length + 1).Select(cause => Array.IndexOf(Weightiest, (TransitionCause)cause))];

    private readonly Dictionary<Guid, (TransitionCause Cause, int Stale)> _shoppers = [];

    public int Count => _shoppers.Count;

    /// <summary>Words of those who are gone.</summary>
    public List<long[]> Gone { get; } = [];

    public bool Everyone { get; set; }

    /// <summary>Consent outweighs a sign-in that joins a browser, that an edit of the profile, that an event, that a model, and that the clock.</summary>
    /// <param name="stale">As <see cref="SegmentLeaf.RestsOn"/>.</param>
    public void Add(Guid shopper, TransitionCause cause, int stale) =>
        _shoppers[shopper] = _shoppers.TryGetValue(shopper, out var known) ? (Places[(int)cause] < Places[(int)known.Cause] ? cause : known.Cause, known.Stale | stale) : (cause, stale);

    public TransitionCause CommonestCause => _shoppers.Count == 0 ? TransitionCause.Clock : _shoppers.Values.CountBy(m => m.Cause).MaxBy(c => c.Value).Key;

    /// <summary>The causes of those whom anything but <paramref name="otherwise"/> moved.</summary>
    public Dictionary<Guid, TransitionCause> Causes(TransitionCause otherwise) => _shoppers.Where(m => m.Value.Cause != otherwise).ToDictionary(m => m.Key, m => m.Value.Cause);

    /// <summary>The shoppers by what is to be looked up: nothing, events alone, or pets too.</summary>
    /// <param name="restsOn">What any leaf rests on.</param>
    public IEnumerable<(int Stale, List<Guid> Shoppers)> Kinds(int restsOn)
    {
        var kinds = new (int Stale, List<Guid> Shoppers)[3];
        foreach (var (shopper, (_, marked)) in _shoppers)
        {
            var stale = marked & restsOn;
            ref var kind = ref kinds[_shoppers.Count < Many || stale == 0 ? 0 : (stale & SegmentLeaf.Pets) == 0 ? 1 : 2];
            kind.Stale |= stale;
            (kind.Shoppers ??= []).Add(shopper);
        }
        return kinds.Where(k => k.Shoppers is not null);
    }
}
