using System.Text.Json;
using Npgsql;
using PetShop.Recommender.Content;
using PetShop.Recommender.Evaluation;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Lets the model in service take part in a contest on fair terms.</summary>
/// <remarks>
/// What serves was refit on everything, and so may have seen the held-out purchases: its recipe is trained again instead, on data that ends as long before each window
/// as the served data end before today's. A model from outside has no recipe; it takes part as it is, which can only favour it.
/// </remarks>
public sealed class Incumbents(ModelStore models, Contenders contenders, TimeProvider clock)
{
    /// <param name="data">What the contest is about.</param>
    /// <param name="content">What the products are.</param>
    /// <param name="unseen">Shoppers that training must not see; null for none.</param>
    /// <returns>Null when no model serves or the one that does cannot be loaded.</returns>
    public async Task<Incumbent?> FindAsync(TrainingData data, ContentVectors? content, CancellationToken cancel, Func<Guid, bool>? unseen = null)
    {
        if (await models.RecipeAsync(cancel) is not { } recipe)
            return null;
        // A training time in the future tells of a clock that was put back, so that the age is as wrong either way.
        var age = (clock.GetUtcNow() - recipe.TrainedAt).Duration();
        var behind = data.CutOff > recipe.DataCutOff ? data.CutOff - recipe.DataCutOff : TimeSpan.Zero;
        var parameters = JsonSerializer.Deserialize<Dictionary<string, string>>(recipe.Parameters) ?? [];
        if (recipe.Trigger != "import" && contenders.Again(recipe.Trainer, parameters, content) is { } trainer)
            return new(Contenders.Describe(trainer), (window, limit) => trainer.Train(data.Events.Build(window.From - behind, unseen is null ? null : s => !unseen(s), limit), null, limit), age, recipe.Version);
        return await TryLoadAsync(recipe.Version, cancel) is { } model ? new($"{recipe.Trainer} (model {recipe.Version} as it is)", (_, _) => model, age, recipe.Version) : null;
    }

    /// <summary>The model of a version; null when its content is damaged.</summary>
    public async Task<IModel?> TryLoadAsync(int version, CancellationToken cancel)
    {
        try
        {
            return (await models.LoadAsync(version, cancel)).Model;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
