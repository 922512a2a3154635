using System.Globalization;
using Microsoft.Extensions.Options;
using PetShop.Recommender.Content;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Settings to train with, by trainer and name, as kept with models and searches.</summary>
public sealed class TunedSettings : Dictionary<string, IReadOnlyDictionary<string, string>>;

/// <summary>The trainers that compete for the shop, and how one is made again from the parameters kept with its model.</summary>
/// <param name="own">Trainers that are registered as services compete, too.</param>
public sealed class Contenders(IEnumerable<ITrainer> own, IOptions<RecommendationOptions> options)
{
    /// <summary>The baseline that every model must be seen beside.</summary>
    public static ITrainer Popularity { get; } = new PopularityTrainer();

    /// <summary>Cores that training takes: half of them, so that pages keep the rest, unless the options say.</summary>
    public int Threads => options.Value.TrainingThreads > 0 ? options.Value.TrainingThreads : Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Trainers that may win, given how much there is to learn from; a blend of the best of each kind joins them later.</summary>
    /// <param name="content">What the products are; null leaves those that nobody touched without a place in the factors.</param>
    public IReadOnlyList<ITrainer> For(InteractionMatrix matrix, TunedSettings tuned, ContentVectors? content)
    {
        var many = matrix.Count < options.Value.ManySettingsBelow;
        List<ITrainer> all = [.. tuned.Select(t => Again(t.Key, t.Value, content)).OfType<ITrainer>().Where(t => t.Name != "ease" || TakesEase(matrix))];
        if (many || !tuned.ContainsKey("als"))
            all.AddRange((many ? ModelSelection.AlsGrid(AlsFor(matrix)) : [AlsFor(matrix)]).Select(s => ColdProducts.Aware(new AlsTrainer(s), content)));
        if (TakesEase(matrix) && (many || !tuned.ContainsKey("ease")))
            all.AddRange((many ? new[] { 200d, 1000 } : [500]).Select(l => new EaseTrainer(Ease with { Regularization = l })));
        if (many || !tuned.ContainsKey("item-item"))
            all.Add(new ItemItemTrainer(new ItemItemOptions()));
        return [.. all.Concat(own).DistinctBy(Describe)];
    }

    /// <summary>What is tuned in a shop of this size.</summary>
    public IReadOnlyList<SearchSpace> SpacesFor(InteractionMatrix matrix)
    {
        var als = AlsFor(matrix);
        return [SearchSpace.Als(als, Math.Max(als.Rank, 128)), .. TakesEase(matrix) ? [SearchSpace.Ease(Ease)] : Array.Empty<SearchSpace>(), SearchSpace.ItemItem(new ItemItemOptions())];
    }

    /// <summary>A trainer with the name and parameters that stand with a model; null when this program has no such trainer.</summary>
    public ITrainer? Again(string name, IReadOnlyDictionary<string, string> parameters, ContentVectors? content)
    {
        try
        {
            return name switch
            {
                "als" => ColdProducts.Aware(new AlsTrainer(new AlsOptions
                {
                    Rank = (int)Number("rank"), Epochs = (int)Number("epochs"), UnobservedWeight = Number("unobservedWeight"),
                    Regularization = Number("regularization"), FrequencyExponent = Number("frequencyExponent"), Threads = Threads,
                }), content),
                "ease" => new EaseTrainer(Ease with
                {
                    Regularization = Number("regularization"), Dropout = Number("dropout"), ShopperDamping = Number("shopperDamping"), Neighbours = (int)Number("neighbours"),
                }),
                "item-item" => new ItemItemTrainer(new ItemItemOptions { Balance = Number("balance"), Shrinkage = Number("shrinkage"), Neighbours = (int)Number("neighbours") }),
                "popularity" => Popularity,
                "blend" => BlendTrainer.FromParameters(parameters, (part, own) => Again(part, own, content)),
                _ => own.FirstOrDefault(t => t.Name == name && t.Parameters.Count == parameters.Count && t.Parameters.All(p => parameters.GetValueOrDefault(p.Key) == p.Value)),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }

        double Number(string key) => double.Parse(parameters[key], CultureInfo.InvariantCulture);
    }

    /// <summary>Name and settings in a line, to tell contenders of one kind apart.</summary>
    public static string Describe(ITrainer trainer) => (trainer.Name, trainer) switch
    {
        ("als", _) => $"als a0={Short(trainer, "unobservedWeight")} l={Short(trainer, "regularization")} d={Short(trainer, "rank")}",
        ("ease", _) => $"ease l={Short(trainer, "regularization")} p={Short(trainer, "dropout")} u={Short(trainer, "shopperDamping")}",
        ("item-item", _) => $"item-item h={Short(trainer, "shrinkage")} a={Short(trainer, "balance")}",
        (_, BlendTrainer blend) => $"blend {string.Join(" + ", blend.Parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Weight:0.00} {p.Trainer.Name}")))}",
        _ => trainer.Name,
    };

    /// <summary>The factors of a model, or of a part of a blend, by which products are compared; null when it has none.</summary>
    public static FactorModel? FactorsOf(IModel? model) => model as FactorModel ?? (model as BlendModel)?.Parts.Select(p => p.Model).OfType<FactorModel>().FirstOrDefault();

    private EaseOptions Ease => new() { MaxItems = Math.Max(1, options.Value.EaseProducts), Threads = Threads };

    private bool TakesEase(InteractionMatrix matrix) => matrix.ItemCount <= options.Value.EaseProducts;

    private AlsOptions AlsFor(InteractionMatrix matrix) =>
        new() { Rank = matrix.Count > 2_000_000 ? 192 : matrix.ItemCount < 5_000 ? 64 : 128, Threads = Threads };

    private static string Short(ITrainer trainer, string parameter) => double.Parse(trainer.Parameters[parameter], CultureInfo.InvariantCulture).ToString("0.####", CultureInfo.InvariantCulture);
}
