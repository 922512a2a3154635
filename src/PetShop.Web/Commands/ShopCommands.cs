using System.CommandLine;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Commands;

/// <summary>The command line of the shop: its commands, and settings as <c>--Section:Key value</c> with any of them.</summary>
public static class ShopCommands
{
    // Settings of the host itself, which stand in no section.
    private static readonly HashSet<string> HostSettings = new(StringComparer.OrdinalIgnoreCase) { "environment", "contentRoot", "applicationName", "urls", "AllowedHosts" };

    public static RootCommand Create()
    {
        var root = new RootCommand("PetShop: a pet storefront that knows whose pets it feeds. Without a command it serves the shop; settings are given as --Section:Key value.")
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
        // Settings are unmatched tokens; those that cannot be settings are told by Fault.
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((parsed, cancel) => ServeCommand.RunAsync([.. parsed.UnmatchedTokens], cancel));
        return root;
    }

    /// <summary>What is wrong with the words that are neither commands nor options nor settings, and how it is mended; null when nothing is.</summary>
    public static string? Fault(ParseResult parsed)
    {
        var (command, left) = (parsed.CommandResult.Command, parsed.UnmatchedTokens);
        for (var i = 0; i < left.Count; i++)
        {
            var token = left[i];
            if (!token.StartsWith("--", StringComparison.Ordinal))
                return Stray(command, token);
            var key = token[2..].Split('=')[0];
            if (command is not RootCommand && !key.Contains(':', StringComparison.Ordinal) && !HostSettings.Contains(key))
                return $"{command.Name} has no option '--{key}'.{Near("--" + key, command.Options.Select(o => o.Name))} Settings are given as --Section:Key value; '{command.Name} --help' lists the options.";
            if (!token.Contains('=', StringComparison.Ordinal) && (++i == left.Count || left[i].StartsWith("--", StringComparison.Ordinal)))
                return $"'{token}' needs a value: {token} VALUE or {token}=VALUE.";
        }
        return null;
    }

    private static string Stray(Command command, string word)
    {
        if (command.Subcommands.Count == 0)
            return $"'{word}' is neither an option of {command.Name} nor a setting; settings are given as --Section:Key value, and '{command.Name} --help' lists the options.";
        var names = command.Subcommands.Select(c => c.Name).ToList();
        return $"There is no command '{word}'.{Near(word, names)} The commands are {string.Join(", ", names)}{(command is RootCommand ? "; without one the shop is served. Settings are given as --Section:Key value" : "")}.";
    }

    private static string Near(string typed, IEnumerable<string> known) => RuleNames.Nearest(typed, known) is { } near ? $" Did you mean {near}?" : "";
}
