using System.CommandLine;
using PetShop.Web.Recommendations.Training;

namespace PetShop.Web.Commands;

/// <summary>Trains the recommender now.</summary>
public static class TrainCommand
{
    private static readonly Option<bool> TuneFirst = new("--tune") { Description = "Look for better settings first (for as long as Recommendations:TuneFor says); they are kept and used from then on." };

    public static Command Create() => ShopCommand.Create("train",
        "Train the recommender on everything recorded so far; the gate decides whether the new model goes into service.", RunAsync, TuneFirst);

    private static async Task<int> RunAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var tune = parsed.GetValue(TuneFirst) ? Tune.Now : Tune.Never;
        return Tell(await services.GetRequiredService<ModelTrainer>().TrainAsync("command", cancel, Console.WriteLine, tune));
    }

    internal static int Tell(TrainingOutcome outcome)
    {
        Console.WriteLine(outcome.Result switch
        {
            TrainingResult.Promoted => $"Model {outcome.Version} is in service. {outcome.Decision}",
            TrainingResult.Refused => $"Model {outcome.Version} was refused. {outcome.Decision}",
            _ => outcome.Decision,
        });
        return outcome.Result is TrainingResult.Promoted or TrainingResult.Refused ? 0 : 1;
    }
}
