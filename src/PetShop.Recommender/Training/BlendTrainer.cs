using System.Globalization;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Training;

/// <summary>Trains several trainers on the same data and blends their models with weights that <see cref="BlendWeights"/> learned; a contender like any other.</summary>
public sealed class BlendTrainer : ITrainer
{
    private const string PartKey = "part";
    private readonly (ITrainer Trainer, double Weight)[] _parts;

    /// <param name="parts">The trainers and their weights; those that weigh nothing are left out.</param>
    /// <exception cref="ArgumentException">A weight is not finite or negative, or none is above 0.</exception>
    public BlendTrainer(IReadOnlyList<(ITrainer Trainer, double Weight)> parts)
    {
        _parts = [.. parts.Where(p => p.Weight != 0)];
        if (_parts.Length == 0 || Array.Exists(_parts, p => !(p.Weight > 0) || double.IsInfinity(p.Weight)))
            throw new ArgumentException($"A blend needs finite weights above 0, not {string.Join(", ", parts.Select(p => $"{p.Trainer.Name} {p.Weight}"))}.", nameof(parts));
    }

    /// <inheritdoc/>
    public string Name => "blend";

    /// <summary>The trainers and their weights.</summary>
    public IReadOnlyList<(ITrainer Trainer, double Weight)> Parts => _parts;

    /// <summary>Of each part, numbered from 1: its name (part1), weight (part1.weight) and settings (part1.rank...).</summary>
    public IReadOnlyDictionary<string, string> Parameters
    {
        get
        {
            var all = new Dictionary<string, string>();
            for (var i = 0; i < _parts.Length; i++)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{PartKey}{i + 1}");
                all[key] = _parts[i].Trainer.Name;
                all[key + ".weight"] = _parts[i].Weight.ToString(CultureInfo.InvariantCulture);
                foreach (var (name, value) in _parts[i].Trainer.Parameters)
                    all[$"{key}.{name}"] = value;
            }
            return all;
        }
    }

    /// <summary>The blend of the parameters kept with a model; null when a part cannot be made again.</summary>
    /// <param name="parameters">As <see cref="Parameters"/> gave them.</param>
    /// <param name="make">Makes a part's trainer from its name and settings, or null.</param>
    /// <exception cref="FormatException">A weight is no number.</exception>
    public static BlendTrainer? FromParameters(IReadOnlyDictionary<string, string> parameters, Func<string, IReadOnlyDictionary<string, string>, ITrainer?> make)
    {
        var parts = new List<(ITrainer, double)>();
        for (var key = PartKey + "1"; parameters.TryGetValue(key, out var name); key = string.Create(CultureInfo.InvariantCulture, $"{PartKey}{parts.Count + 1}"))
        {
            var own = parameters.Where(p => p.Key.StartsWith(key + ".", StringComparison.Ordinal)).ToDictionary(p => p.Key[(key.Length + 1)..], p => p.Value);
            if (!own.TryGetValue("weight", out var weight) || make(name, own) is not { } trainer)
                return null;
            parts.Add((trainer, double.Parse(weight, CultureInfo.InvariantCulture)));
        }
        return parts.Count > 0 ? new BlendTrainer(parts) : null;
    }

    /// <inheritdoc/>
    IModel ITrainer.Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress, CancellationToken cancel) => Train(matrix, progress, cancel);

    /// <inheritdoc cref="ITrainer.Train"/>
    public BlendModel Train(InteractionMatrix matrix, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var models = new List<IModel>();
        foreach (var (trainer, _) in _parts)
        {
            progress?.Report(new TrainingProgress(trainer.Name, models.Count, _parts.Length));
            models.Add(trainer.Train(matrix, null, cancel));
        }
        progress?.Report(new TrainingProgress("blend", models.Count, _parts.Length));
        return new BlendModel([.. _parts.Zip(models, (part, model) => new BlendPart(part.Trainer.Name, model, (float)part.Weight))]);
    }
}
