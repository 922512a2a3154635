using PetShop.Targeting.Segments;
using PetShop.Targeting.Tests.Segments;

namespace PetShop.Web.Tests.Targeting.Equality;

/// <summary>Makes worlds by chance: gaps in what is known, ties in time, figures on the edge of what rules ask, days of 23 and 25 hours, leap days, browsers that sign in, people who leave.</summary>
internal sealed class RawWorldGen(Random chance, DateTimeOffset asOf)
{
    // Of the first shopper: more than a page shows of anybody else.
    private const int Busy = 700;
    private const string Odd = "ключ, größe";
    private static readonly string[] Species = ["dog", "dog", "cat", "rabbit", "horse", "pony", "tropical-fish"];
    private readonly DateOnly _today = new Moment(asOf, FactsGen.Zone).Today;

    public static RawWorld Make(int seed, DateTimeOffset asOf, int people)
    {
        var world = new RawWorld(asOf, seed);
        var gen = new RawWorldGen(new Random(seed), asOf);
        for (var i = 0; i < people; i++)
            gen.AddPerson(world, i < 4 ? new Guid(i + 1, 0, 0, new byte[8]) : gen.Id());
        for (var i = 0; i < 12; i++)
            gen.AddBrowser(world, signsIn: i < 8);
        world.Erasures.AddRange(world.Shoppers.Skip(people / 2).Take(4).Select(s => s.Id));
        // What was recorded of somebody who was gone by then.
        for (var i = 0; i < 10; i++)
            world.Events.Add(gen.Event(gen.Id(), gen.Id(), null));
        return world;
    }

    private void AddPerson(RawWorld world, Guid id)
    {
        world.Shoppers.Add(Shopper(id));
        var isIdle = world.Shoppers.Count > 1 && chance.Next(12) == 0;
        var orders = isIdle ? 0 : Pick(0, 0, 1, 1, 2, 3, 4);
        for (var i = 0; i < orders; i++)
            world.Orders.Add(new($"{Id():N}", Id(), id, Pick<short>(1, 2, 3, 4, 4, 5), Ago(OrderAges), Pick(0L, 999, 4499, 4500, 12_500, 12_501, 24_999, 25_000)));
        Guid[] visits = [Id(), Id(), Id(), Id(), Id(), Id(), Id()];
        var events = world.Shoppers.Count == 1 ? Busy : isIdle ? 0 : chance.Next(7) + (chance.Next(8) == 0 ? 9 : 0);
        for (var i = 0; i < events; i++)
            world.Events.Add(Event(id, id, Pick<Guid?>(null, visits[chance.Next(visits.Length)], visits[chance.Next(visits.Length)])));
        for (var i = chance.Next(4); i > 0; i--)
            world.Pets.Add(Pet(id, null));
        if (!isIdle)
            world.Forecasts.Add(new(id, Pick<short?>(null, 0, 1, 699, 700, 701, 1000), Pick<long?>(null, 0, 11_999, 12_000, 12_001), Pick<int?>(null, -1, 0, 1, 2, 6, 7, 8, 300) is { } ahead ? _today.AddDays(ahead) : null,
                Pick(null, "dry-dog-food", "zz", Odd), Pick(null, "northpaw", "zz", Odd)));
        foreach (var list in FactsGen.Lists.Where(_ => chance.Next(3) == 0))
            world.Listings.Add(new(list, id));
    }

    // A browser with a history and an animal of its own; its owner may sign in later, or never.
    private void AddBrowser(RawWorld world, bool signsIn)
    {
        var visitor = Id();
        for (var i = 0; i < 4; i++)
            world.Events.Add(Event(visitor, null, Id()));
        world.Pets.Add(Pet(null, visitor));
        world.Receipts.Add(new(Id(), visitor, asOf.AddDays(-2)));
        if (signsIn)
            world.SignIns.Add((visitor, world.Shoppers[chance.Next(world.Shoppers.Count)].Id));
    }

    private RawShopper Shopper(Guid id)
    {
        var agreed = chance.Next(4) > 0;
        return new(
            id, Pick<int?>(null, 1983, 1984, 1985, asOf.Year - 17, asOf.Year - 18, asOf.Year - 19, asOf.Year - 25, asOf.Year - 64, asOf.Year - 65, asOf.Year - 10, asOf.Year - 40, asOf.Year - 50),
            Text("place.country"), Text("place.city"), Text("place.postcode"), Text("person.language"), Pick(null, "breeder", "shelter", "vet", "groomer", "zz"),
            [.. TraitCatalogue.Get("quiz.values").Choices.Where(_ => chance.Next(4) == 0)], Ago([TimeSpan.Zero, .. Days(1, 2, 7, 29, 30, 31, 300)]), Pick(null, "v1", Odd, $"{chance.Next()}"),
            agreed || chance.Next(2) == 0, agreed || chance.Next(2) == 0, chance.Next(2) == 0, chance.Next(2) == 0, chance.Next(3) == 0);
    }

    private RawEvent Event(Guid visitor, Guid? shopper, Guid? session) => new(
        Id(), Ago(EventAges), chance.Next(9) == 0 ? Pick<short>(8, 9, 10, 12, 14) : (short)chance.Next(1, 8), visitor, shopper, session,
        Pick<int?>(null, 117, 117, 118, 118, 119, 120, 999), Pick<int?>(null, null, 1, 2, 3, 4, 5, 99), Pick<int?>(null, 0, 1, 2, 3, int.MaxValue), Pick<long?>(null, 0, 1, 2499, 2500, 2501, long.MaxValue / 2 + 7), Pick(null, "puppy food", "zz", Odd));

    private RawPet Pet(Guid? shopper, Guid? visitor) => new(
        Id(), shopper, visitor, "Luna", Pick(Species), Pick(null, "labrador-retriever", "zz"),
        Pick<int?>(null, 0, 1, 2, 5, 6, 7, 10, 11, 12, 17, 18, 48, 72, 83, 84, 120, 132, 216) is { } months ? _today.AddMonths(-months).AddDays(chance.Next(-1, 2)) : chance.Next(3) == 0 ? new DateOnly(2024, 2, 29) : null,
        Pick<int?>(null, 1, 2, 27_999, 28_000, 28_001), Pick<int?>(null, 7, 24_999, 25_000, 25_001), Pick<bool?>(null, true, false), Pick(null, "low", "normal", "high"),
        chance.Next(4) == 0 ? null : Pick([.. PetWords.Diets.Take(3), "zz", Odd]), [.. new[] { "chicken", "beef", "zz", Odd }.Where(_ => chance.Next(3) == 0)], chance.Next(8) == 0 ? _today.AddDays(-chance.Next(3)) : null, asOf.AddDays(-1));

    // Often the very same instants, often a microsecond beside the edge of a window, on days of 23, 24 and 25 hours, and sometimes still to come.
    private static readonly TimeSpan[] EventAges =
    [
        TimeSpan.Zero, TimeSpan.FromHours(-1), .. Hours(1, 2, 5, 6, 7, 8, 9, 23, 24, 25, 47, 48, 49, 71, 72, 73, 95, 96, 97, 167, 168, 169), .. Days(2, 3, 7, 14, 15, 28, 29, 30, 31, 59, 61, 92, 200, 274, 355, 364, 365, 366, 394),
    ];

    private static readonly TimeSpan[] OrderAges = [.. Hours(1, 6, 24), .. Days(1, 2, 7, 44, 45, 46, 90, 91, 180, 181, 300)];

    private static TimeSpan[] Hours(params int[] hours) => Array.ConvertAll(hours, h => TimeSpan.FromHours(h));

    private static TimeSpan[] Days(params int[] days) => Array.ConvertAll(days, d => TimeSpan.FromDays(d));

    private DateTimeOffset Ago(TimeSpan[] ages) =>
        asOf - Pick(ages) + chance.Next(4) switch { 0 => TimeSpan.FromMicroseconds(-1), 1 => TimeSpan.FromMicroseconds(1), _ => TimeSpan.Zero };

    private string? Text(string trait) => Pick(null, TraitCatalogue.Get(trait).Example, TraitCatalogue.Get(trait).Example.ToUpperInvariant(), "zz", Odd);

    // Made by the seed, too, so that a world can be made again.
    private Guid Id()
    {
        var bytes = new byte[16];
        chance.NextBytes(bytes);
        return new(bytes);
    }

    private T Pick<T>(params T[] from) => from[chance.Next(from.Length)];
}
