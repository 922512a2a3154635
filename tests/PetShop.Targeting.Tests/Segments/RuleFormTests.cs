using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

public sealed class RuleFormTests
{
    [Fact]
    public void Rows_as_a_browser_posts_them_make_a_rule()
    {
        RuleFormRow[] rows =
        [
            new() { Id = 0, Kind = "all" },
            new() { Id = 7, Parent = 0, Kind = "trait", Trait = "place.country", Operator = "in", Value = "NL, BE" },
            new() { Id = 3, Parent = 0, Kind = "pets", Quantifier = "pet.any" },
            new() { Id = 4, Parent = 3, Kind = "trait", Trait = "adult_weight_g", Operator = ">=", Value = " 25 " },
            new() { Id = 5, Parent = 0, Kind = "none" },
            new() { Id = 6, Parent = 5, Kind = "event", Event = "purchased", Operator = ">=", Value = "1", Last = "45", Unit = "calendar_day" },
            new() { Id = 8, Parent = 6, Kind = "trait", Trait = "category", Operator = "in_tree", Value = "dog-food" },
        ];
        var rule = RuleForm.Read(rows, Props.Euros, out var faults);
        Assert.Empty(faults);
        Assert.Equal(RuleJson.Parse("""
            {"v":1,"all":[
              {"attr":"place.country","op":"in","value":["NL","BE"]},
              {"attr":"pet.any","where":{"attr":"adult_weight_g","op":">=","value":25000}},
              {"not":{"event":"purchased","where":{"attr":"category","op":"in_tree","value":"dog-food"},"count":{"op":">=","value":1},"within":{"last":45,"unit":"calendar_day"}}}]}
            """), rule);
    }

    [Theory]
    [InlineData("EUR", "orders.revenue_minor", 25050, "250.50", "250.5", "€250.50", "250.50 EUR")]
    [InlineData("JPY", "orders.revenue_minor", 25050, "25050", "¥25050", "25050 JPY")]
    [InlineData("KWD", "orders.revenue_minor", 25050, "25.050", "25.05", "KWD 25.05")]
    [InlineData("EUR", "predicted.churn_permille", 705, "70.5", "70.5 %", "70.50")]
    [InlineData("EUR", "orders.recency_days", 30, "30", "30 days", "30 Day")]
    [InlineData("EUR", "weight_g", 25000, "25", "25 kg", "25.000kg", "25000 g", "25000g")]
    [InlineData("EUR", "weight_g", 850, "0.85", "850 g")]
    public void A_figure_is_typed_as_people_say_it_and_stored_as_rules_do(string currency, string trait, long stored, string shown, params string[] typed)
    {
        var words = new[] { Props.Euros, Props.Yen, Props.Dinars }.Single(w => w.Currency == currency);
        var leaf = new TraitRule((TraitCatalogue.Find(trait, TraitScope.Shopper) ?? TraitCatalogue.Find(trait, TraitScope.Pet))!, RuleOperator.AtLeast, new NumberValue(stored));
        Rule rule = leaf.Trait.Scope == TraitScope.Pet ? new PetRule(PetQuantifier.Any, leaf) : leaf;
        var rows = RuleForm.Rows(rule, words);
        Assert.Equal(shown, rows[^1].Value);
        foreach (var text in typed.Prepend(shown))
            Assert.Equal(rule, RuleForm.Read([.. rows.SkipLast(1), rows[^1] with { Value = text }], words, out _));
    }

    [Fact]
    public void A_row_that_was_left_empty_says_what_it_lacks()
    {
        RuleFormRow[] rows =
        [
            new() { Id = 0, Kind = "all" },
            new() { Id = 1, Parent = 0, Kind = "trait", Trait = "place.country", Operator = "is", Value = " " },
            new() { Id = 2, Parent = 0, Kind = "segment", Segment = "" },
            new() { Id = 3, Parent = 0, Kind = "list" },
            new() { Id = 4, Parent = 0, Kind = "rollout", Percent = "50", Salt = "" },
            new() { Id = 5, Parent = 0, Kind = "json", Json = " " },
            new() { Id = 6, Parent = 0, Kind = "trait", Trait = "place.country", Operator = "known", Value = "" },
        ];
        Assert.Null(RuleForm.Read(rows, Props.Euros, out var faults));
        Assert.Equal(
            [(1, "The value is missing."), (2, "No segment is chosen."), (3, "No list is chosen."), (4, "The share has no word to be drawn by."), (5, "The row is empty.")],
            faults.Select(f => (f.RowId, f.Cause)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public void An_empty_json_row_names_a_node_that_is_one(string json)
    {
        Assert.Null(RuleForm.Read([new() { Id = 0, Kind = "json", Json = json }], Props.Euros, out var faults));
        Assert.Equal("Write a node, such as {\"segment\":\"puppy-owners\"}, or take the row out.", Assert.Single(faults).Mend);
    }

    [Theory]
    [InlineData("EUR", "orders.revenue_minor", "250,00", "“250,00” is no amount of money. Type it such as 250.00: a point before the decimals, nothing between the thousands.")]
    [InlineData("EUR", "orders.revenue_minor", "250.005", "“250.005” has too many decimals. Type it with 2 at most, such as 250.00.")]
    [InlineData("JPY", "orders.revenue_minor", "250.50", "“250.50” has too many decimals. Type it with none, such as 25000.")]
    [InlineData("EUR", "orders.revenue_minor", "", "The figure is missing. Type it such as 250.00.")]
    [InlineData("EUR", "orders.count", "99999999999999999999", "“99999999999999999999” is larger than any figure here. Type it such as 30.")]
    [InlineData("EUR", "predicted.churn_permille", "high", "“high” is no share. Type it such as 70 (per cent).")]
    [InlineData("EUR", "orders.recency_days", "1.5", "“1.5” has too many decimals. Type it with none, such as 30.")]
    public void A_figure_that_cannot_be_read_says_what_to_type(string currency, string trait, string typed, string told)
    {
        var words = new[] { Props.Euros, Props.Yen, Props.Dinars }.Single(w => w.Currency == currency);
        RuleFormRow[] rows = [new() { Id = 4, Kind = "trait", Trait = trait, Operator = ">=", Value = typed }];
        Assert.Null(RuleForm.Read(rows, words, out var faults));
        var fault = Assert.Single(faults);
        Assert.Equal((4, told), (fault.RowId, $"{fault.Cause} {fault.Mend}"));
    }

    [Fact]
    public void A_sum_and_a_number_of_days_are_typed_with_their_units()
    {
        RuleFormRow[] rows = [new() { Id = 0, Kind = "event", Event = "purchased", Measure = "sum", Trait = "value_minor", Operator = ">=", Value = "49.90 €" }];
        var sum = Assert.IsType<EventRule>(RuleForm.Read(rows, Props.Euros, out _));
        Assert.Equal(4990, sum.Value);
        Assert.Equal("49.90", Assert.Single(RuleForm.Rows(sum, Props.Euros)).Value);
        Assert.Equal(7, Assert.IsType<EventRule>(RuleForm.Read([rows[0] with { Measure = "last", Value = "7 days" }], Props.Euros, out _)).Value);
    }

    [Fact]
    public void A_fault_stands_beside_its_row()
    {
        RuleFormRow[] rows =
        [
            new() { Id = 0, Kind = "any" },
            new() { Id = 1, Parent = 0, Kind = "trait", Trait = "orders.count", Operator = ">=", Value = "three" },
            new() { Id = 2, Parent = 0, Kind = "pets" },
            new() { Id = 3, Parent = 2, Kind = "trait", Trait = "specie", Operator = "is", Value = "dog" },
            new() { Id = 4, Parent = 0, Kind = "json", Json = "{" },
            new() { Id = 5, Parent = 0, Kind = "rollout", Percent = "half", Salt = "s" },
            new() { Id = 6, Parent = 0, Kind = "cloud" },
        ];
        Assert.Null(RuleForm.Read(rows, Props.Euros, out var faults));
        Assert.Equal([1, 3, 4, 5, 6], faults.Select(f => f.RowId).Order());
        Assert.Equal("Did you mean \"species\"?", faults.Single(f => f.RowId == 3).Mend);
    }

    private static readonly RuleFormRow[] CartAndNoPurchase =
    [
        new() { Id = 0, Kind = "all" },
        new() { Id = 1, Parent = 0, Kind = "sequence", Follow = "then_not", Gap = " 24 ", GapUnit = "hour", Last = "7", Unit = "day" },
        new() { Id = 2, Parent = 1, Kind = "step", Event = "cart_added" },
        new() { Id = 3, Parent = 1, Kind = "step", Event = "purchased" },
        new() { Id = 4, Parent = 2, Kind = "trait", Trait = "category", Operator = "in_tree", Value = "dog-food" },
        new() { Id = 5, Parent = 2, Kind = "trait", Trait = "value_minor", Operator = ">=", Value = "20" },
    ];

    [Fact]
    public void Two_steps_in_a_row_make_a_sequence()
    {
        var rule = RuleForm.Read(CartAndNoPurchase, Props.Euros, out var faults);
        Assert.Empty(faults);
        Assert.Equal(RuleJson.Parse("""
            {"v":1,"all":[{"sequence":{"event":"cart_added","where":{"all":[{"attr":"category","op":"in_tree","value":"dog-food"},{"attr":"value_minor","op":">=","value":2000}]}},
              "then_not":{"event":"purchased"},"gap":{"last":24,"unit":"hour"},"within":{"last":7,"unit":"day"}}]}
            """), rule);
        Assert.DoesNotContain(RuleForm.Rows(rule!, Props.Euros), r => r.Kind == "json");
    }

    [Theory]
    [InlineData("", "hour", "7", 1, "The time between the two steps is missing. Type a number of hours or days, such as 24.")]
    [InlineData("soon", "hour", "7", 1, "“soon” is no length of time. Type a whole number, such as 24: at least 1, and ten years at most.")]
    [InlineData("-2", "day", "", 1, "“-2” is no length of time. Type a whole number, such as 24: at least 1, and ten years at most.")]
    [InlineData("24", "month", "", 1, "The time between the two steps is of a fixed length. Choose hours or days as its unit.")]
    [InlineData("24", "hour", "99999", 1, "“99999” is no length of time. Type a whole number, such as 24: at least 1, and ten years at most.")]
    public void A_stretch_of_time_that_cannot_be_read_says_what_to_type(string gap, string unit, string last, int row, string told)
    {
        var rows = CartAndNoPurchase.Select(r => r.Id == 1 ? r with { Gap = gap, GapUnit = unit, Last = last } : r).ToList();
        Assert.Null(RuleForm.Read(rows, Props.Euros, out var faults));
        var fault = Assert.Single(faults);
        Assert.Equal((row, told), (fault.RowId, $"{fault.Cause} {fault.Mend}"));
    }

    [Fact]
    public void A_fault_of_a_sequence_stands_beside_the_step_it_is_of()
    {
        RuleFormRow[] Changed(int id, Func<RuleFormRow, RuleFormRow> change) => [.. CartAndNoPurchase.Select(r => r.Id == id ? change(r) : r)];
        int[] Faulty(IReadOnlyList<RuleFormRow> rows) => RuleForm.Read(rows, Props.Euros, out var faults) is null ? [.. faults.Select(f => f.RowId).Order()] : [];
        Assert.Equal([3], Faulty(Changed(3, r => r with { Event = "barked" })));
        Assert.Equal([5], Faulty(Changed(5, r => r with { Value = "much" })));
        Assert.Equal([1], Faulty(Changed(1, r => r with { Follow = "perhaps" })).Distinct().Where(id => id == 1));
        Assert.Contains(1, Faulty([.. CartAndNoPurchase.Where(r => r.Id != 3)]));
        Assert.Contains(3, Faulty(Changed(3, r => r with { Parent = 0 })));
    }

    [Fact]
    public void A_length_of_time_that_is_no_number_is_told_of_and_not_taken_for_ever()
    {
        RuleFormRow[] rows = [new() { Id = 3, Kind = "event", Event = "purchased", Operator = ">=", Value = "1", Last = "a month", Unit = "day" }];
        Assert.Null(RuleForm.Read(rows, Props.Euros, out var faults));
        Assert.Equal((3, "“a month” is no length of time."), (Assert.Single(faults).RowId, faults[0].Cause));
    }

    [Fact]
    public void Rows_that_stand_in_each_other_are_refused()
    {
        RuleFormRow[] rows = [new() { Id = 0, Kind = "all" }, new() { Id = 1, Parent = 2, Kind = "all" }, new() { Id = 2, Parent = 1, Kind = "all" }];
        Assert.Null(RuleForm.Read(rows, Props.Euros, out var faults));
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void Two_roots_are_refused()
    {
        Assert.Null(RuleForm.Read([new() { Id = 0 }, new() { Id = 1 }], Props.Euros, out var faults));
        Assert.Equal("The form has 2 roots.", Assert.Single(faults).Cause);
    }
}
