using System.CommandLine;
using PetShop.Recommender.Ranking;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Recommendations.Training;

namespace PetShop.Web.Commands;

/// <summary>Takes model files out of the shop and brings them in.</summary>
public static class ModelCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The model file; its layout stands in src/docs/model-format.md." };
    private static readonly Option<int?> Version = new("--version-number", "-n") { Description = "Which version; the one in service by default." };

    public static Command Create() => new("model", "Model files: what an external engine may read and publish.")
    {
        ShopCommand.Create("export", "Write a version of the model to a file.", ExportAsync, File, Version),
        ShopCommand.Create("import", "Put a model file into service, once it is whole, finite, about products sold here, and safe for households with pets.", ImportAsync, File),
    };

    private static async Task<int> ExportAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var path = UserPath.Resolve(parsed.GetValue(File))!;
        var (version, content) = await services.GetRequiredService<ModelStore>().ContentAsync(parsed.GetValue(Version), cancel);
        await System.IO.File.WriteAllBytesAsync(path, content, cancel);
        var (info, model) = ModelFile.Read(content);
        Console.WriteLine($"Model {version} ({info.Trainer}, {model.Items.Count:N0} products, {content.Length:N0} bytes) is in {path}.");
        return 0;
    }

    private static async Task<int> ImportAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var bytes = await System.IO.File.ReadAllBytesAsync(UserPath.Resolve(parsed.GetValue(File))!, cancel);
        var outcome = await services.GetRequiredService<ModelImport>().RunAsync(bytes, Console.WriteLine, cancel);
        TrainCommand.Tell(outcome);
        return outcome.Result == TrainingResult.Promoted ? 0 : 1;
    }
}
