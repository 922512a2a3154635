using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

/// <summary>What a rule names is checked where it stands.</summary>
public sealed class RuleReferenceTests
{
    private static readonly Dictionary<string, string> Names = new() { ["loyal"] = "Loyal people", ["best"] = "The best", ["torn"] = "Torn", ["leans"] = "Leans on a list" };
    private static readonly Dictionary<string, Rule> Rules = new()
    {
        ["loyal"] = RuleJson.Parse("""{"v":1,"all":[]}"""),
        ["best"] = RuleJson.Parse("""{"v":1,"not":{"segment":"loyal"}}"""),
        ["leans"] = RuleJson.Parse("""{"v":1,"list":"gone"}"""),
    };
    private static readonly RuleReferences References = new(Rules, Names, new HashSet<string> { "vip-2026" });

    private static readonly CatalogueKeys Catalogue = new(new HashSet<string> { "dog", "dog-food" }, new HashSet<string> { "dog" }, new HashSet<string> { "northpaw" });

    private static readonly FigureWords Euros = new("EUR", "€", 2);

    [Fact]
    public void What_is_there_has_no_fault() => Assert.Empty(References.Faults("""{"v":1,"all":[{"segment":"best"},{"not":{"list":"vip-2026"}}]}""", "new"));

    [Fact]
    public void Everything_that_is_not_there_is_told_at_its_own_place()
    {
        var faults = References.Faults("""{"v":1,"all":[{"segment":"loyl"},{"any":[{"list":"vip-2062"},{"list":"vip-2026"}]}],"exclude":[{"segment":"nowhere-at-all"}]}""", null);
        Assert.Equal(["$.all[0].segment", "$.all[1].any[0].list", "$.exclude[0].segment"], faults.Select(f => f.Path));
        Assert.Equal("Did you mean “Loyal people” ('loyal')?", faults[0].Mend);
        Assert.Equal(("There is no list 'vip-2062'.", "Did you mean 'vip-2026'?"), (faults[1].Cause, faults[1].Mend));
        Assert.Equal("Make it first, or take the reference out.", faults[2].Mend);
    }

    [Theory]
    [InlineData("""{"v":1,"attr":"predicted.churn_permille","op":">=","value":1500}""", "$.value", "Churn risk goes from 0 % to 100 %: that it is at least 150 % is true of nobody. Type a figure between the two.")]
    [InlineData("""{"v":1,"all":[{"attr":"visit.hour","op":"in","value":[8,25]}]}""", "$.all[0].value[1]", "Hour of the visit goes from 0 to 23: that it is 25 is true of nobody. Type a figure between the two.")]
    [InlineData("""{"v":1,"attr":"rfm.recency","op":"<","value":9}""", "$.value", "Recency score goes from 1 to 5: that it is less than 9 is true of everyone it is known of. Type a figure between the two.")]
    [InlineData("""{"v":1,"attr":"person.birth_year","op":"is","value":84}""", "$.value", "Birth year goes from 1900 to 2100: that it is 84 is true of nobody. Type a figure between the two.")]
    [InlineData("""{"v":1,"attr":"orders.revenue_minor","op":"<","value":0}""", "$.value", "Money spent is never under €0.00: that it is less than €0.00 is true of nobody. Type a larger figure.")]
    [InlineData("""{"v":1,"attr":"pet.any","where":{"attr":"weight_g","op":"<=","value":-1}}""", "$.where.value", "Weight is never under 0 g: that it is at most -1 g is true of nobody. Type a larger figure.")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":"<","value":0}}""", "$.count.value", "This figure is never under 0: that it is less than 0 is true of nobody. Type a larger figure.")]
    [InlineData("""{"v":1,"event":"purchased","sum":{"of":"value_minor","op":">=","value":-300}}""", "$.sum.value", "This figure is never under €0.00: that it is at least −€3.00 is true of everyone it is known of. Type a larger figure.")]
    public void A_figure_beyond_all_that_there_can_be_is_told_at_its_place(string json, string place, string told)
    {
        var fault = Assert.Single(References.With(Catalogue, Euros).Faults(json, "new"));
        Assert.Equal((place, told), (fault.Path, $"{fault.Cause} {fault.Mend}"));
    }

    [Theory]
    [InlineData("""{"v":1,"attr":"visit.hour","op":"<","value":24}""")]
    [InlineData("""{"v":1,"attr":"rfm.recency","op":">","value":0}""")]
    [InlineData("""{"v":1,"attr":"predicted.churn_permille","op":"<=","value":1000}""")]
    [InlineData("""{"v":1,"attr":"predicted.next_order_days","op":"<","value":-3}""")]
    [InlineData("""{"v":1,"event":"purchased","count":{"op":"is","value":0}}""")]
    public void A_figure_at_its_limit_has_no_fault(string json) => Assert.Empty(References.With(Catalogue, Euros).Faults(json, "new"));

    [Fact]
    public void A_figure_beyond_its_limit_that_is_stored_already_may_stay()
    {
        const string Late = """{"v":1,"attr":"visit.hour","op":"is","value":25}""";
        var references = new RuleReferences(new Dictionary<string, Rule> { ["late"] = RuleJson.Parse(Late) }, new Dictionary<string, string> { ["late"] = "Late" }, null, null, Euros);
        Assert.Empty(references.Faults(Late, "late"));
        Assert.Single(references.Faults(Late, "other"));
    }

    [Theory]
    [InlineData("""{"v":1,"event":"purchased","where":{"attr":"category","op":"in_tree","value":"dogfood"},"count":{"op":">=","value":1}}""", "$.where.value", "There is no category 'dogfood'. Did you mean 'dog-food'?")]
    [InlineData("""{"v":1,"all":[{"attr":"interest.brand","op":"in","value":["northpaw","southpaw"]}]}""", "$.all[0].value[1]", "There is no brand 'southpaw'. Did you mean 'northpaw'?")]
    [InlineData("""{"v":1,"attr":"interest.department","op":"is_not","value":"dog-food"}""", "$.value", "There is no department 'dog-food'. Choose one that the editor offers, or add it to the catalogue first.")]
    [InlineData("""{"v":1,"sequence":{"event":"cart_added","where":{"attr":"brand","op":"is","value":" northpaw "}},"then":{"event":"purchased","where":{"attr":"category","op":"is","value":"dig"}},"gap":{"last":1,"unit":"day"}}""", "$.then.where.value", "There is no category 'dig'. Did you mean 'dog'?")]
    public void What_the_catalogue_does_not_have_is_told_with_what_comes_near(string json, string place, string told)
    {
        var fault = Assert.Single(References.With(Catalogue).Faults(json, "new"));
        Assert.Equal((place, told), (fault.Path, $"{fault.Cause} {fault.Mend}"));
        Assert.Empty(References.Faults(json, "new"));
        Assert.Empty(References.With(new(new HashSet<string>(), new HashSet<string>(), new HashSet<string>())).Faults(json, "new"));
    }

    [Theory]
    [InlineData("Germany", false)]
    [InlineData("d1", false)]
    [InlineData("de", true)]
    [InlineData("DE", true)]
    public void A_country_is_named_by_its_code(string typed, bool isSound)
    {
        var json = $$"""{"v":1,"attr":"place.country","op":"in","value":["NL","{{typed}}"]}""";
        var faults = References.With(Catalogue).Faults(json, "new");
        Assert.Equal(isSound ? [] : ["$.value[1]"], faults.Select(f => f.Path));
        Assert.All(faults, f => Assert.Equal($"'{typed}' is no code of a country. Write its two capital letters, such as DE; the editor offers them by name.", $"{f.Cause} {f.Mend}"));
        Assert.Empty(Catalogue.Gone(RuleJson.Parse(json)));
    }

    [Fact]
    public void A_rule_is_laid_out_for_people_with_its_signs_as_they_are() =>
        Assert.Contains("\"op\": \">=\"", RuleJson.Write(RuleJson.Parse("""{"v":1,"attr":"orders.count","op":">=","value":3}"""), indented: true), StringComparison.Ordinal);

    [Fact]
    public void What_a_stored_rule_names_may_stay_when_the_catalogue_has_lost_it_and_is_warned_of()
    {
        const string Lost = """{"v":1,"event":"purchased","where":{"attr":"category","op":"in","value":["dog-food","bird-seed"]},"count":{"op":">=","value":1}}""";
        var references = new RuleReferences(new Dictionary<string, Rule> { ["birds"] = RuleJson.Parse(Lost) }, new Dictionary<string, string> { ["birds"] = "Birds" }, null, Catalogue);
        Assert.Empty(references.Faults(Lost.Replace("\">=\",\"value\":1", "\">=\",\"value\":2", StringComparison.Ordinal), "birds"));
        Assert.Equal("$.where.value[1]", Assert.Single(references.Faults(Lost, "others")).Path);
        Assert.StartsWith("The catalogue has no category 'bird-seed' any more", Assert.Single(Catalogue.Gone(RuleJson.Parse(Lost))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_is_told_by_names_at_the_reference_that_closes_it()
    {
        var fault = Assert.Single(References.Faults("""{"v":1,"any":[{"attr":"orders.count","op":">=","value":1},{"segment":"best"}]}""", "loyal"));
        Assert.Equal(("$.any[1].segment", "It refers to itself: “Loyal people” → “The best” → “Loyal people”."), (fault.Path, fault.Cause));
        Assert.Equal("It refers to itself: “Loyal people” → “Loyal people”.", Assert.Single(References.Faults("""{"v":1,"segment":"loyal"}""", "loyal")).Cause);
    }

    [Fact]
    public void A_segment_that_is_broken_itself_is_told_with_what_breaks_it()
    {
        Assert.Equal("“Torn” cannot be used: its rule cannot be read.", Assert.Single(References.Faults("""{"v":1,"segment":"torn"}""", null)).Cause);
        Assert.StartsWith("“Leans on a list” cannot be used. “Leans on a list” names a list 'gone'", Assert.Single(References.Faults("""{"v":1,"segment":"leans"}""", null)).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_stands_beside_its_row_in_the_form()
    {
        RuleFormRow[] rows = [new() { Id = 0, Kind = "all" }, new() { Id = 1, Parent = 0, Kind = "none" }, new() { Id = 2, Parent = 1, Kind = "list", List = "gone" }, new() { Id = 3, Parent = 0, Kind = "segment", Segment = "best" }];
        Assert.Null(RuleForm.Read(rows, Props.Euros, out var faults, json => References.Faults(json, "loyal")));
        Assert.Equal([2, 3], faults.Select(f => f.RowId));
        Assert.NotNull(RuleForm.Read(rows, Props.Euros, out _));
    }

    [Theory]
    [InlineData("\\ud83d\\ude00 \\u00e9 \\\\ud800 \\n", true)]
    [InlineData("\\ud83d", false)]
    [InlineData("\\ude00\\ud83d", false)]
    [InlineData("\\ud83d\\n", false)]
    [InlineData("\\ud83", true)]
    [InlineData("", true)]
    public void Half_a_character_is_found_in_escapes_and_nowhere_else(string text, bool isWhole) => Assert.Equal(isWhole, RuleJson.IsWhole(text));

    [Fact]
    public void Every_name_of_any_rule_is_checked_and_nothing_else() => Props.Hold(RuleGen.Any, rule =>
    {
        var (json, own) = (RuleJson.Write(rule), RuleReferences.Own(rule));
        var all = new RuleReferences(own.Segments.ToDictionary(s => s, Rule (_) => new AllRule([])), own.Segments.ToDictionary(s => s, s => s), own.Lists.ToHashSet());
        var none = new RuleReferences(new Dictionary<string, Rule>(), new Dictionary<string, string>(), new HashSet<string>());
        return all.Faults(json, null).Count == 0 && none.Faults(json, null).Select(f => f.Cause.Split('\'')[1]).Distinct().Order().SequenceEqual(own.Segments.Concat(own.Lists).Distinct().Order());
    }, tests: 300);
}
