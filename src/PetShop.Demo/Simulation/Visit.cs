namespace PetShop.Demo.Simulation;

/// <summary>What happens on the pages of one visit, apart from buying.</summary>
internal sealed class Visit(Household household, Shelf shelf, Chooser chooser)
{
    private readonly Chance _chance = household.Chance;

    /// <summary>Wanders through the shop; returns what went into the cart, or null.</summary>
    public ShelfItem? LookAround(SessionRecorder recorder, DateTimeOffset at)
    {
        ShelfItem? wanted = null;
        var looks = 1 + (int)_chance.Exponential(4.5);
        var (leaf, pet) = Corner();
        Enter(recorder, leaf, null);
        ShelfItem? last = null;
        for (var look = 0; look < Math.Min(looks, 25); look++)
        {
            if (last is null || _chance.Happens(0.22))
            {
                (leaf, pet) = Corner();
                if (_chance.Happens(0.6))
                    Enter(recorder, leaf, null);
            }
            last = Neighbour(last, pet, at) ?? chooser.Choose(leaf, pet, at, 1.5);
            if (last is null)
                continue;
            var liking = chooser.Liking(last);
            recorder.Look(last, liking);
            if (liking > 1.4 && _chance.Happens(0.06))
                recorder.Wish(last);
            if (wanted is null && _chance.Happens(liking > 0.8 ? 0.07 : 0.015))
                recorder.Cart(EventKind.AddedToCart, wanted = last, last.Buyable[0].Code, 1);
        }
        return wanted;
    }

    /// <summary>The way to a product that is about to be bought: quick for a habit, by way of others for something new.</summary>
    public void Consider(SessionRecorder recorder, ShelfItem item, HiddenPet pet, DateTimeOffset at, bool repeats)
    {
        if (repeats)
        {
            if (_chance.Happens(0.65))
                recorder.Look(item, chooser.Liking(item));
            return;
        }
        Enter(recorder, item.Product.CategorySlug, item);
        for (var others = _chance.Weighted([3, 4, 3, 2]); others > 0; others--)
            if (chooser.Choose(item.Product.CategorySlug, pet, at, 1.6) is { } other && other != item)
                Weigh(recorder, other);
        recorder.Look(item, chooser.Liking(item));
    }

    /// <summary>Something that goes with a product in the cart; null when it is only looked at, or not noticed.</summary>
    public ShelfItem? Temptation(SessionRecorder recorder, ShelfItem item, DateTimeOffset at)
    {
        var pet = household.Pets.FirstOrDefault(candidate => item.Product.Species.Contains(candidate.Species));
        if (!_chance.Happens(0.25) || item.Product.Complements.Count == 0)
            return null;
        var extra = shelf.Item(_chance.Pick(item.Product.Complements));
        if (!new Wish(pet, at).Allows(extra))
            return null;
        var liking = chooser.Liking(extra);
        recorder.Look(extra, liking);
        if (!_chance.Happens(Math.Clamp(0.3 + (0.12 * liking), 0.05, 0.75)))
            return null;
        recorder.Cart(EventKind.AddedToCart, extra, extra.Buyable[0].Code, 1);
        return extra;
    }

    private void Weigh(SessionRecorder recorder, ShelfItem other)
    {
        var liking = chooser.Liking(other);
        recorder.Look(other, liking);
        if (!_chance.Happens(0.035))
            return;
        recorder.Cart(EventKind.AddedToCart, other, other.Buyable[0].Code, 1);
        recorder.Cart(EventKind.RemovedFromCart, other, other.Buyable[0].Code, 1);
    }

    private (string Leaf, HiddenPet? Pet) Corner()
    {
        // Now and then everyone looks at something for an animal they do not have: a present, a dream, a wrong click.
        if (household.Pets.Count == 0 || _chance.Happens(0.05))
            return (_chance.Pick(shelf.Leaves), null);
        var pet = _chance.Pick(household.Pets);
        return (_chance.Pick(shelf.LeavesFor(pet.Species)), pet);
    }

    private ShelfItem? Neighbour(ShelfItem? item, HiddenPet? pet, DateTimeOffset at)
    {
        if (item is null || !_chance.Happens(0.3))
            return null;
        var links = _chance.Happens(0.6) ? item.Product.Substitutes : item.Product.Complements;
        if (links.Count == 0)
            return null;
        var next = shelf.Item(_chance.Pick(links));
        return new Wish(pet, at).Allows(next) ? next : null;
    }

    private void Enter(SessionRecorder recorder, string leaf, ShelfItem? goal)
    {
        if (_chance.Happens(0.3))
        {
            var (query, results) = Query(leaf, goal);
            recorder.Search(query, results);
        }
        else
            recorder.Category(leaf);
    }

    private (string Query, int Results) Query(string leaf, ShelfItem? goal)
    {
        var known = goal ?? _chance.Pick(shelf.In(leaf));
        var (text, results) = _chance.Below(4) switch
        {
            0 => (shelf.LeafNames[leaf], shelf.In(leaf).Length),
            1 => (shelf.BrandNames[known.Product.BrandSlug], shelf.BrandSizes[known.Product.BrandSlug]),
            2 => ($"{known.Product.Species[0].Replace('-', ' ')} {shelf.LeafNames[leaf]}", shelf.In(leaf).Length),
            _ => (string.Join(' ', known.Product.Name.Split(' ').Take(2)), shelf.FamilySizes[Shelf.FamilyOf(known.Product)]),
        };
        text = text.ToLowerInvariant();
        return _chance.Happens(0.07) ? (Mistyped(text), results) : (text, results);
    }

    private string Mistyped(string text)
    {
        var place = _chance.Below(text.Length - 1);
        return string.Concat(text.AsSpan(0, place), text.AsSpan(place + 1, 1), text.AsSpan(place, 1), text.AsSpan(place + 2));
    }
}
