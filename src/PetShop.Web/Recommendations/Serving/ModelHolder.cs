using PetShop.Recommender.Sessions;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>What the rails of this process are made of right now. A request takes <see cref="Current"/> once; a swap never makes one wait.</summary>
public sealed class ModelHolder(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private volatile ServingState _current = ServingState.Empty;

    public ServingState Current => _current;

    /// <summary>Why the newest published model is not the one in service; null when it is.</summary>
    public string? Complaint { get; set; }

    public void Swap(ServedModel? model) => Swap(s => new(model, s.Catalogue, s.Neighbours, s.Lists, s.Visits, s.Rules));

    public void Swap(NeighbourLists neighbours) => Swap(s => new(s.Model, s.Catalogue, neighbours, s.Lists, s.Visits, s.Rules));

    public void Swap(SessionModel? visits) => Swap(s => new(s.Model, s.Catalogue, s.Neighbours, s.Lists, visits, s.Rules));

    public void Swap(ShelfRules rules) => Swap(s => new(s.Model, s.Catalogue, s.Neighbours, s.Lists, s.Visits, rules));

    public void Swap(Catalogue catalogue) =>
        Swap(s => new(s.Model, catalogue, s.Neighbours, new ProductLists(catalogue, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)), s.Visits, s.Rules));

    private void Swap(Func<ServingState, ServingState> change)
    {
        lock (_gate)
            _current = change(_current);
    }
}
