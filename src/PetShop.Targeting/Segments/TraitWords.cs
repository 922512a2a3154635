namespace PetShop.Targeting.Segments;

/// <summary>The catalogue of traits in words for people: the privacy page and the docs say what stands here.</summary>
public static class TraitWords
{
    /// <summary>What a family of traits is called.</summary>
    public static string Title(TraitFamily family) => family switch
    {
        TraitFamily.Demographic => "About you",
        TraitFamily.Geographic => "Where you live",
        TraitFamily.Behavioural => "Your visits",
        TraitFamily.Rfm => "Your orders",
        TraitFamily.Predicted => "What may come",
        TraitFamily.Lifecycle => "How long you have been with us",
        TraitFamily.Interest => "What you like",
        TraitFamily.Firmographic => "Your organisation",
        TraitFamily.Psychographic => "What matters to you",
        TraitFamily.Pet => "Your pets",
        TraitFamily.Context => "This visit",
        TraitFamily.Consent => "What you agreed to",
        TraitFamily.Event => "What you did here",
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "This family has no words: add them."),
    };

    /// <summary>What staff call a family, where traits stand in a list to choose from.</summary>
    public static string ForStaff(TraitFamily family) => family switch
    {
        TraitFamily.Demographic => "Person",
        TraitFamily.Geographic => "Place",
        TraitFamily.Behavioural => "Visits",
        TraitFamily.Rfm => "Orders",
        TraitFamily.Predicted => "Forecasts",
        TraitFamily.Lifecycle => "Time with us",
        TraitFamily.Interest => "Favourites",
        TraitFamily.Firmographic => "Organisation",
        TraitFamily.Psychographic => "Quiz answers",
        TraitFamily.Pet => "Pets",
        TraitFamily.Context => "This visit",
        TraitFamily.Consent => "Agreements",
        TraitFamily.Event => "What they did",
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "This family has no words: add them."),
    };

    /// <summary>What a family is used for, and where it comes from.</summary>
    public static string Why(TraitFamily family) => family switch
    {
        TraitFamily.Demographic => "From your account, where you may leave it empty. To show what suits an age or a language; never to set a price.",
        TraitFamily.Geographic => "From the first address in your address book. To show what can reach you in time, and what the weather asks for.",
        TraitFamily.Behavioural => "Worked out of your visits. To greet who has been away, and to leave in peace who is here every day.",
        TraitFamily.Rfm => "Worked out of your orders: how lately, how often, how much. To thank good customers.",
        TraitFamily.Predicted => "A model's estimate from the orders of everyone. To remind you before the bag is empty, and to notice when we lose you.",
        TraitFamily.Lifecycle => "From the day you registered and your last order. To help newcomers start well.",
        TraitFamily.Interest => "Worked out of what you viewed and bought, more than others do. To put what you like first.",
        TraitFamily.Firmographic => "From your account, if you buy for a shelter, a breeder, a vet or a groomer. To show the sizes that such places need.",
        TraitFamily.Psychographic => "Your own answers to our quiz. To put first what matters to you.",
        TraitFamily.Pet => "From the pets you told us of. To show food, sizes and care that fit them.",
        TraitFamily.Context => "From the request for this very page, and kept nowhere; only if you agreed, where a visit came from stays known until it ends. To fit the page to the device and the hour.",
        TraitFamily.Consent => "Your answers on this page. To keep to them.",
        TraitFamily.Event => "Recorded while you are here. To show what goes with it, and not to show what you have.",
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "This family has no words: add them."),
    };

    public static string Fresh(TraitFreshness freshness) => freshness switch
    {
        TraitFreshness.AtOnce => "at once",
        TraitFreshness.WithinAMinute => "within a minute",
        TraitFreshness.TenMinutes => "within ten minutes",
        TraitFreshness.Daily => "once a day",
        TraitFreshness.Visit => "for this visit only",
        _ => throw new ArgumentOutOfRangeException(nameof(freshness), freshness, "This freshness has no words: add them."),
    };

    public static string Say(Sensitivity sensitivity) => sensitivity switch
    {
        Sensitivity.Protected => "protected: never for prices",
        Sensitivity.Personal => "personal",
        _ => "ordinary",
    };

    /// <summary>What must have been agreed to before pages may use it; browsing needs to be recorded, too.</summary>
    public static ConsentPurposes Needs(Trait trait) => trait.Scope == TraitScope.Event ? RuleNeeds.OfBehaviour : trait.Purpose;

    /// <summary>What its value looks like: the choices, or an example.</summary>
    public static string Values(Trait trait, FigureWords figures) =>
        trait.Type == TraitType.Truth ? "yes or no"
        : trait.Choices.Count is > 0 and <= 8 ? string.Join(", ", trait.Choices)
        : trait.Type == TraitType.Number ? $"such as {figures.Say(long.Parse(trait.Example, System.Globalization.CultureInfo.InvariantCulture), trait.Unit)}" : $"such as {trait.Example}";
}
