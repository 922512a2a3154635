namespace PetShop.Targeting.Lifetime;

/// <summary>A fitted model, or the reason why the data allow none; exactly one of the two is there.</summary>
public sealed record Fit<TModel>
    where TModel : class
{
    private Fit(TModel? model, string? whyNot) => (Model, WhyNot) = (model, whyNot);

    public TModel? Model { get; }

    /// <summary>A sentence for merchandisers.</summary>
    public string? WhyNot { get; }

    internal static Fit<TModel> Of(TModel model) => new(model, null);
    internal static Fit<TModel> None(string whyNot) => new(null, whyNot);
}
