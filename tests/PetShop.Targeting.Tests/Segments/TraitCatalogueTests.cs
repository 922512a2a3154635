using System.Text.RegularExpressions;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

public sealed class TraitCatalogueTests
{
    [Fact]
    public void Every_trait_is_complete_and_its_example_is_a_value_a_rule_accepts()
    {
        foreach (var trait in TraitCatalogue.All)
        {
            var value = trait.Type is TraitType.Number or TraitType.Truth ? trait.Example : $"\"{trait.Example}\"";
            var leaf = $"{{\"attr\":\"{trait.Key}\",\"op\":\"{trait.Operators[0].Name()}\",\"value\":{value}}}";
            var rule = trait.Scope switch
            {
                TraitScope.Pet => $"{{\"v\":1,\"attr\":\"pet.any\",\"where\":{leaf}}}",
                TraitScope.Event => $"{{\"v\":1,\"event\":\"purchased\",\"where\":{leaf},\"count\":{{\"op\":\">=\",\"value\":1}}}}",
                _ => $"{{\"v\":1,{leaf[1..]}",
            };
            Assert.True(RuleJson.TryParse(rule, out _, out var errors), $"{trait.Key}: {string.Join("; ", errors)}");
            Assert.NotEmpty(trait.Label);
            Assert.Equal(trait.Scope == TraitScope.Visit, trait.IsLiveOnly);
        }
    }

    [Fact]
    public void A_trait_that_time_changes_says_how_or_its_stored_members_would_grow_stale() =>
        Assert.All(TraitCatalogue.All.Where(t => IsMovedByTime(t.Sql)), t => Assert.True(t.Clock is not null, $"{t.Key} needs a Clock."));

    [Theory]
    [InlineData("floor(extract(epoch from {as_of} - s.registered_at))", true)]
    [InlineData("(f.next_order_on - {today})::bigint", true)]
    [InlineData("pt.born_on > {months_ago:18}", true)]
    [InlineData("f.last_order_at <= {hours_ago:4344}", true)]
    [InlineData("{adult}", true)]
    [InlineData("{pets}", false)]
    [InlineData("s.city", false)]
    [InlineData(null, false)]
    public void Whatever_a_trait_asks_of_the_moment_makes_it_one_that_time_changes(string? sql, bool moves) => Assert.Equal(moves, IsMovedByTime(sql));

    [Fact]
    public void Every_family_has_a_trait() => Assert.Equal(Enum.GetValues<TraitFamily>().Order(), TraitCatalogue.All.Select(t => t.Family).Distinct().Order());

    [Theory]
    [InlineData("person.birth_year")]
    [InlineData("person.age_band")]
    [InlineData("person.language")]
    [InlineData("place.postcode")]
    [InlineData("place.city")]
    public void What_tells_of_age_or_origin_is_protected(string key) => Assert.Equal(Sensitivity.Protected, TraitCatalogue.Get(key).Sensitivity);

    [Theory]
    [InlineData("dog", 30_000, 17, "young")]
    [InlineData("dog", 30_000, 84, "senior")]
    [InlineData("dog", 8_000, 17, "adult")]
    [InlineData("dog", null, 119, "adult")]
    [InlineData("cat", null, 132, "senior")]
    [InlineData("fish", null, 5, "young")]
    [InlineData("fish", null, 400, "adult")]
    public void A_large_dog_is_young_for_longer_and_old_sooner(string species, int? adultWeightG, int months, string stage)
    {
        var at = new Moment(FactsGen.Instants[5], FactsGen.Zone);
        var pet = new PetFacts { Species = species, AdultWeightG = adultWeightG, BornOn = at.Today.AddMonths(-months) };
        Assert.Equal(stage, TraitCatalogue.Get("life_stage", TraitScope.Pet).Read(new Subject(VisitorFacts.Unknown, at, pet)).Text);
    }

    // Every placeholder but that of the household is made of the moment that is asked about.
    private static bool IsMovedByTime(string? sql) => sql is not null && Regex.IsMatch(sql, @"\{(?!pets\})");
}
