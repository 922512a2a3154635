namespace PetShop.Demo.Simulation;

/// <summary>What a careful owner looks for on one day for one pet, or for no pet in particular.</summary>
internal readonly struct Wish
{
    private const double NoveltyDays = 60;
    private static readonly ulong Adult = Traits.Bit("adult");
    private static readonly ulong Senior = Traits.Bit("senior");

    private readonly bool _hasPet;
    private readonly ulong _species, _stage, _size, _allergies, _diet, _season;
    private readonly int _day;

    public Wish(HiddenPet? pet, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        _day = day.DayNumber;
        _season = Traits.Bit(at.Month switch { >= 3 and <= 5 => "spring", >= 6 and <= 8 => "summer", >= 9 and <= 11 => "autumn", _ => "winter" });
        _hasPet = pet is not null;
        if (pet is null)
            return;
        _species = Traits.Species([pet.Species]);
        _stage = Traits.Bit(pet.Stage(day));
        _size = pet.Breed?.SizeClass is { } size ? Traits.Bit(size) : 0;
        _allergies = Traits.Bits(pet.Allergies);
        _diet = pet.Diet is null ? 0 : Traits.Bit(pet.Diet);
    }

    /// <summary>Whether the product is out, in stock, safe and of the right kind.</summary>
    public bool Allows(ShelfItem item)
    {
        if (item.ReleasedDay >= _day || item.Buyable.Length == 0)
            return false;
        if (!_hasPet)
            return true;
        // What is made for adults suits a senior as well.
        var stages = _stage == Senior ? _stage | Adult : _stage;
        return (item.Species & _species) != 0 && (item.Stages == 0 || (item.Stages & stages) != 0)
            && (_size == 0 || item.Sizes == 0 || (item.Sizes & _size) != 0) && (item.Allergens & _allergies) == 0;
    }

    /// <summary>What the day and the pet add to the liking: season, novelty, diet, age.</summary>
    public double Score(ShelfItem item)
    {
        var score = item.Seasons == 0 ? 0 : (item.Seasons & _season) != 0 ? 0.9 : -0.9;
        var age = _day - item.ReleasedDay;
        if (age < NoveltyDays)
            score += 0.7 * (1 - (age / NoveltyDays));
        if ((item.Diets & _diet) != 0)
            score += 1.6;
        if ((item.Stages & _stage) != 0 && (item.Stages & Adult) == 0)
            score += 1.4;
        return score;
    }
}
