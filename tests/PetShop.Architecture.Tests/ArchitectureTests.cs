using System.Diagnostics;

namespace PetShop.Architecture.Tests;

public sealed class ArchitectureTests
{
    private const int MaxLines = 300;
    private static readonly string Root = FindRoot();
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Texts = new(ReadTexts);

    public static TheoryData<Rule> AllRules => new(Rules.All);

    [Theory, MemberData(nameof(AllRules))]
    public void No_file_breaks_the_rule(Rule rule)
    {
        var violations = Texts.Value.SelectMany(file => rule.Violations(file.Key, file.Value)).ToList();
        Assert.True(violations.Count == 0, $"{rule.Name}:\n{string.Join('\n', violations)}");
    }

    [Theory, MemberData(nameof(AllRules))]
    public void The_rule_notices_when_it_is_broken(Rule rule) =>
        Assert.NotEmpty(rule.Violations(rule.BreakingPath, rule.BreakingText));

    [Fact]
    public void Every_page_excused_from_writing_no_audit_does_write_it()
    {
        var rule = Rules.All.Single(r => r.Name.StartsWith("A GET handler writes to the audit log", StringComparison.Ordinal));
        var excused = Texts.Value.Where(f => f.Key.EndsWith(".cshtml.cs", StringComparison.Ordinal) && !rule.AppliesTo(f.Key) && (rule with { Except = "(?!)" }).AppliesTo(f.Key)).ToList();
        Assert.Equal(6, excused.Count);
        Assert.All(excused, f => Assert.NotEmpty((rule with { Except = "(?!)" }).Violations(f.Key, f.Value)));
    }

    [Fact]
    public void No_source_file_is_longer_than_300_lines()
    {
        var tooLong = Texts.Value.Where(f => f.Key.EndsWith(".cs", StringComparison.Ordinal))
            .Select(f => (f.Key, Lines: f.Value.AsSpan().Count('\n'))).Where(f => f.Lines > MaxLines);
        Assert.Empty(tooLong.Select(f => $"{f.Key}: {f.Lines} lines"));
    }

    [Theory]
    [InlineData("src/PetShop.Web/Program.cs")]
    [InlineData("src/PetShop.Web/Shop.cs")]
    public void The_composition_root_stays_readable_at_a_glance(string path) =>
        Assert.InRange(Texts.Value[path].AsSpan().Count('\n'), 1, 120);

    private static Dictionary<string, string> ReadTexts() => TrackedFiles()
        .Where(path => Path.GetExtension(path) is ".cs" or ".cshtml" or ".csproj" or ".props" or ".targets" or ".md" or ".json" or ".yml" or ".js" or ".mjs" or ".css" or ".sql" or "")
        .Where(path => File.Exists(Path.Combine(Root, path)))
        .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(Root, path)));

    private static string[] TrackedFiles()
    {
        using var git = Process.Start(new ProcessStartInfo("git", "ls-files") { WorkingDirectory = Root, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0 && output.Length > 0, "git ls-files found nothing; run the tests from a checkout.");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PetShop.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No PetShop.sln above {AppContext.BaseDirectory}; run the tests from a checkout.");
    }
}
