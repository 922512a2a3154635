using System.CommandLine;
using PetShop.Web.Recommendations.Training;

namespace PetShop.Web.Commands;

/// <summary>Trains the recommender now.</summary>
public static class TrainCommand
{
    public static Command Create() => ShopCommand.Create("train",
        "Train the recommender on everything recorded so far; the gate decides whether the new model goes into service.", RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var outcome = await services.GetRequiredService<ModelTrainer>().TrainAsync("command", cancel, Console.WriteLine);
        Console.WriteLine(outcome.Result switch
        {
            TrainingResult.Promoted => $"Model {outcome.Version} is in service. {outcome.Decision}",
            TrainingResult.Refused => $"Model {outcome.Version} was refused. {outcome.Decision}",
            _ => outcome.Decision,
        });
        return outcome.Result is TrainingResult.Promoted or TrainingResult.Refused ? 0 : 1;
    }
}
