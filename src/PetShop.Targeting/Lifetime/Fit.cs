namespace PetShop.Targeting.Lifetime;

/// <summary>A fitted model, or the reason why the data allow none; exactly one of the two is there.</summary>
public sealed record Fit<TModel>
    where TModel : class
{
    private Fit(TModel? model, string? whyNot) => (Model, WhyNot) = (model, whyNot);

    public TModel? Model { get; }

    /// <summary>A sentence for merchandisers.</summary>
    public string? WhyNot { get; }

    /// <summary>What follows from the model, or the same reason.</summary>
    public Fit<TNext> Then<TNext>(Func<TModel, TNext> follow)
        where TNext : class => Model is { } model ? Fit<TNext>.Of(follow(model)) : Fit<TNext>.None(WhyNot!);

    internal static Fit<TModel> Of(TModel model) => new(model, null);
    internal static Fit<TModel> None(string whyNot) => new(null, whyNot);
}
