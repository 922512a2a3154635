using System.CommandLine;
using PetShop.Web.Commands;

var root = new RootCommand("PetShop: a pet storefront that knows whose pets it feeds. Without a command it serves the shop; settings are given as --Key value.")
{
    MigrateCommand.Create(),
    SeedCommand.Create(),
    SimulateCommand.Create(),
    ImportCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    ModelCommand.Create(),
    StaffCommand.Create(),
    ReplayErasuresCommand.Create(),
    HealthCommand.Create(),
};
root.TreatUnmatchedTokensAsErrors = false;
root.SetAction((parsed, cancel) => ServeCommand.RunAsync([.. parsed.UnmatchedTokens], cancel));
return await root.Parse(args).InvokeAsync();
