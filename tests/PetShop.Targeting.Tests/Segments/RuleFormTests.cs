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
            new() { Id = 4, Parent = 3, Kind = "trait", Trait = "adult_weight_g", Operator = ">=", Value = " 25000 " },
            new() { Id = 5, Parent = 0, Kind = "none" },
            new() { Id = 6, Parent = 5, Kind = "event", Event = "purchased", Operator = ">=", Value = "1", Last = 45, Unit = "calendar_day" },
            new() { Id = 8, Parent = 6, Kind = "trait", Trait = "category", Operator = "in_tree", Value = "dog-food" },
        ];
        var rule = RuleForm.Read(rows, out var faults);
        Assert.Empty(faults);
        Assert.Equal(RuleJson.Parse("""
            {"v":1,"all":[
              {"attr":"place.country","op":"in","value":["NL","BE"]},
              {"attr":"pet.any","where":{"attr":"adult_weight_g","op":">=","value":25000}},
              {"not":{"event":"purchased","where":{"attr":"category","op":"in_tree","value":"dog-food"},"count":{"op":">=","value":1},"within":{"last":45,"unit":"calendar_day"}}}]}
            """), rule);
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
        Assert.Null(RuleForm.Read(rows, out var faults));
        Assert.Equal([1, 3, 4, 5, 6], faults.Select(f => f.RowId).Order());
        Assert.Equal("Did you mean \"species\"?", faults.Single(f => f.RowId == 3).Mend);
    }

    [Fact]
    public void Rows_that_stand_in_each_other_are_refused()
    {
        RuleFormRow[] rows = [new() { Id = 0, Kind = "all" }, new() { Id = 1, Parent = 2, Kind = "all" }, new() { Id = 2, Parent = 1, Kind = "all" }];
        Assert.Null(RuleForm.Read(rows, out var faults));
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void Two_roots_are_refused()
    {
        Assert.Null(RuleForm.Read([new() { Id = 0 }, new() { Id = 1 }], out var faults));
        Assert.Equal("The form has 2 roots.", Assert.Single(faults).Cause);
    }
}
