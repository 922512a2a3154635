using System.Text;
using System.Text.Json;

namespace PetShop.Targeting.Segments;

/// <summary>The keys of the shop's catalogue that rules may name. Of a kind that the shop has none of yet, every key is let through.</summary>
/// <param name="Categories">Departments among them.</param>
public sealed record CatalogueKeys(IReadOnlySet<string> Categories, IReadOnlySet<string> Departments, IReadOnlySet<string> Brands)
{
    private static readonly Dictionary<string, Trait> Named = TraitCatalogue.All.Where(t => t.Names != TraitNames.None).ToDictionary(t => t.Key, StringComparer.Ordinal);

    /// <summary>What a rule names that the shop no longer has, each in a sentence: such a rule goes on as it is, only nobody can match by it.</summary>
    public IEnumerable<string> Gone(Rule rule) =>
        TraitLeaves.Of(rule).SelectMany(l => Texts(l.Value).Select(t => (l.Trait.Names, Text: t))).Distinct().Where(n => n.Names != TraitNames.Country && !Has(n.Names, n.Text))
            .Select(n => $"The catalogue has no {Word(n.Names)} '{n.Text}' any more: nobody new can match by it. {Mend(n.Names, n.Text)}");

    /// <summary>The faults of one node, with their places.</summary>
    /// <param name="stored">The rule as it is stored: what it names already may stay, though the catalogue has lost it.</param>
    internal IEnumerable<RuleError> Faults(JsonElement node, string path, Rule? stored)
    {
        if (!node.TryGetProperty("attr", out var attr) || attr.ValueKind != JsonValueKind.String || !Named.TryGetValue(Clean(attr), out var trait) || !node.TryGetProperty("value", out var value))
            return [];
        var names = trait.Names;
        return from place in TraitLeaves.Values(value, path)
               where place.Value.ValueKind == JsonValueKind.String
               let text = trait.Spelled(Clean(place.Value))
               where !Has(names, text) && !TraitLeaves.Of(stored).Any(l => l.Trait.Names == names && Texts(l.Value).Contains(text))
               select names == TraitNames.Country ? new(place.Path, $"'{text}' is no code of a country.", "Write its two capital letters, such as DE; the editor offers them by name.")
                   : new RuleError(place.Path, $"There is no {Word(names)} '{text}'.", Mend(names, text));
    }

    private bool Has(TraitNames names, string key) => names == TraitNames.Country ? key is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] : Of(names) is not { Count: > 0 } known || known.Contains(key);

    private IReadOnlySet<string>? Of(TraitNames names) => names switch { TraitNames.Category => Categories, TraitNames.Department => Departments, TraitNames.Brand => Brands, _ => null };

    private string Mend(TraitNames names, string key) => RuleNames.Nearest(key, Of(names)!) is { } nearest ? $"Did you mean '{nearest}'?" : "Choose one that the editor offers, or add it to the catalogue first.";

    private static string Word(TraitNames names) => names.ToString().ToLowerInvariant();

    // As the parser reads texts.
    private static string Clean(JsonElement text) => text.GetString()!.Trim().Normalize(NormalizationForm.FormC);

    private static ValueList<string> Texts(RuleValue value) => value switch { TextValue text => [text.Text], TextsValue texts => texts.Texts, _ => [] };
}
