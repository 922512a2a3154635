namespace PetShop.Targeting.Segments;

/// <summary>Traits of one event: aliases e (events), b (brands) and c (categories; the event's own, else its product's).</summary>
internal static class EventTraits
{
    public static Trait[] All { get; } =
    [
        new()
        {
            Key = "category", Label = "category", Family = TraitFamily.Event, Scope = TraitScope.Event, Type = TraitType.Category,
            Sql = "c.slug", Read = x => TraitValue.Of(x.Event!.CategoryPath is { Count: > 0 } path ? path[^1] : null), Example = "dog-food", Names = TraitNames.Category,
        },
        Text("department", "department", "c.path[1]", x => x.Event!.CategoryPath is { Count: > 0 } path ? path[0] : null, "dog", TraitNames.Department),
        Text("brand", "brand", "b.slug", x => x.Event!.Brand, "fjordpaw", TraitNames.Brand),
        Text("query", "search text", "e.query", x => x.Event!.Query, "puppy food", isLowerCase: true),
        Number("product", "product number", "", "e.product_id", x => x.Event!.ProductId, "118", 1),
        Number("value_minor", "value", FigureWords.Money, "e.value_minor", x => x.Event!.ValueMinor, "2500"),
        Number("quantity", "quantity", "", "e.quantity", x => x.Event!.Quantity, "2"),
    ];

    private static Trait Text(string key, string label, string sql, Func<Subject, string?> read, string example, TraitNames names = TraitNames.None, bool isLowerCase = false) => new()
    {
        Key = key, Label = label, Family = TraitFamily.Event, Scope = TraitScope.Event, Type = TraitType.Text,
        Sql = sql, Read = x => TraitValue.Of(read(x)), Example = example, Names = names, IsLowerCase = isLowerCase,
    };

    private static Trait Number(string key, string label, string unit, string sql, Func<Subject, long?> read, string example, long least = 0) => new()
    {
        Key = key, Label = label, Family = TraitFamily.Event, Scope = TraitScope.Event, Type = TraitType.Number, Unit = unit,
        Sql = sql, Read = x => TraitValue.Of(read(x)), Example = example, Least = least,
    };
}
