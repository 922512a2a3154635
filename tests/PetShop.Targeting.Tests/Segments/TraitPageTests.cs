using System.Text;
using PetShop.Targeting.Segments;

namespace PetShop.Targeting.Tests.Segments;

/// <summary>The page of traits in the docs is written by the catalogue. PETSHOP_WRITE_DOCS=1 writes it anew.</summary>
public sealed class TraitPageTests
{
    [Fact]
    public void The_docs_list_every_trait_as_the_catalogue_has_it()
    {
        var file = Path.Combine(Root(), "src", "docs", "traits.md");
        if (Environment.GetEnvironmentVariable("PETSHOP_WRITE_DOCS") == "1")
            File.WriteAllText(file, Page());
        Assert.True(File.ReadAllText(file) == Page(), "src/docs/traits.md is not what the catalogue says: run this test once with PETSHOP_WRITE_DOCS=1.");
    }

    [Fact]
    public void Every_family_and_freshness_has_words()
    {
        Assert.All(Enum.GetValues<TraitFamily>(), f => Assert.NotEqual("", TraitWords.Title(f) + TraitWords.Why(f)));
        Assert.Equal(Enum.GetValues<TraitFamily>().Length, Enum.GetValues<TraitFamily>().Select(TraitWords.ForStaff).Distinct().Count());
        Assert.All(Enum.GetValues<TraitFreshness>(), f => Assert.NotEqual("", TraitWords.Fresh(f)));
    }

    private static string Page()
    {
        var page = new StringBuilder("# Traits\n\nWhat a rule may ask, family by family. This page is written by the catalogue (`PetShop.Targeting/Segments/*Traits.cs`), which also drives the editor, the SQL, the evaluation in memory,\n"
            + "the schema of rules (served at `/schemas/segment-rule.v1.json`) and the page `/privacy/facts`. Rules write money in minor units, weights in grams and shares in permille:\n€250.00 is 25000, 25 kg is 25000, 70 % is 700; the editor takes them as people say them.\n\n"
            + "What *follows* \"at once\" is known to the very next page, and to stored membership within a minute. \"Within a minute\" holds for both, and for time that goes by as well: a visit that is older than 30 days stops counting then.\n"
            + "Forecasts and what someone leans to are worked out once a day, by choice: they compare each shopper with everyone, move slowly, and cost a reading of a year's events. The admin area shows how old they are;\n"
            + "scores, ranks among all buyers, follow within ten minutes.\n");
        foreach (var family in TraitCatalogue.All.GroupBy(t => t.Family).OrderBy(g => g.Key))
        {
            page.Append($"\n## {family.Key}\n\n{TraitWords.Why(family.Key)}\n\n| key | what it is | where | operators | values | follows | consent | sensitivity |\n|---|---|---|---|---|---|---|---|\n");
            foreach (var trait in family)
                page.Append($"| `{trait.Key}` | {trait.Label} | {trait.Scope.ToString().ToLowerInvariant()} | {string.Join(' ', trait.Operators.Select(o => $"`{o.Name()}`"))} | {TraitWords.Values(trait, Props.Euros)} | {TraitWords.Fresh(trait.Freshness)}"
                    + $" | {(TraitWords.Needs(trait) == ConsentPurposes.None ? "none" : TraitWords.Needs(trait).ToString().ToLowerInvariant())} | {TraitWords.Say(trait.Sensitivity)} |\n");
        }
        return page.ToString();
    }

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "PetShop.sln")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Run the tests from a checkout.");
    }
}
