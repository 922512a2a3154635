using System.Text.Json;

namespace PetShop.Targeting.Segments;

/// <summary>Finds what a rule compares with traits, in the tree and in its JSON.</summary>
internal static class TraitLeaves
{
    /// <summary>Every comparison of a trait within a rule; none of no rule.</summary>
    public static IEnumerable<TraitRule> Of(Rule? rule) => rule switch
    {
        TraitRule leaf => [leaf],
        AllRule all => all.Parts.SelectMany(Of),
        AnyRule any => any.Parts.SelectMany(Of),
        NotRule not => Of(not.Part),
        PetRule pet => Of(pet.Where),
        EventRule events => Of(events.Events.Where),
        SequenceRule sequence => [.. Of(sequence.First.Where), .. Of(sequence.Then.Where)],
        _ => [],
    };

    /// <summary>The value of a node, or each of its values, with their places.</summary>
    public static IEnumerable<(JsonElement Value, string Path)> Values(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select((v, i) => (v, $"{path}.value[{i}]")) : [(value, $"{path}.value")];
}
