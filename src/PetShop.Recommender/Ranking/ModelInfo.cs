using System.Text.Json.Serialization;

namespace PetShop.Recommender.Ranking;

/// <summary>Where a model comes from.</summary>
public sealed record ModelInfo
{
    /// <summary>Id of this version.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the trainer.</summary>
    public required string Trainer { get; init; }

    /// <summary>When it was trained.</summary>
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>It knows nothing that happened later.</summary>
    public required DateTimeOffset DataCutoff { get; init; }

    /// <summary>Settings of the trainer.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Quality figures on the holdout, by name.</summary>
    public IReadOnlyDictionary<string, double> Quality { get; init; } = new Dictionary<string, double>();
}

/// <summary>A model together with where it comes from.</summary>
public sealed record StoredModel(ModelInfo Info, IModel Model);

/// <summary>What stands in a model file besides the arrays.</summary>
internal sealed record ModelHeader(ModelInfo Info, int Rank, FoldInOptions? FoldIn);

[JsonSerializable(typeof(ModelHeader))]
internal sealed partial class ModelJson : JsonSerializerContext;
