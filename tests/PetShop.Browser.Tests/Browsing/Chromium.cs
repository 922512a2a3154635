using Microsoft.Playwright;

namespace PetShop.Browser.Tests.Browsing;

/// <summary>Finds the Chromium of this machine and starts it quietly: Playwright's driver comes with its package, a browser does not.</summary>
public static class Chromium
{
    public const string HowToGetOne =
        "No Chromium found. Install one (Debian and Ubuntu: apt-get install chromium-headless-shell; elsewhere Chrome or Edge will do), or name one in PETSHOP_CHROMIUM=<path of the program>.";

    // The shell is the same browser without windows and menus, which cost a fifth of its time.
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    private static readonly string[] QuietFlags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
        "--disable-domain-reliability", "--disable-extensions", "--disable-sync", "--metrics-recording-only", "--mute-audio", "--no-default-browser-check", "--no-first-run",
        "--no-proxy-server",
    ];

    /// <summary>The program to start; null where there is none.</summary>
    /// <exception cref="FileNotFoundException">PETSHOP_CHROMIUM names a file that does not exist.</exception>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PETSHOP_CHROMIUM") is not { Length: > 0 } named)
            return Usual().FirstOrDefault(File.Exists);
        return File.Exists(named) ? named : throw new FileNotFoundException($"PETSHOP_CHROMIUM names {named}, which does not exist.");
    }

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, string program) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = QuietFlags, Timeout = 120_000 });

    private static IEnumerable<string> Usual() => OperatingSystem.IsWindows() ? OnWindows() : OperatingSystem.IsMacOS() ? OnMac() : OnPath();

    private static IEnumerable<string> OnPath() =>
        from name in Names
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Union(["/usr/bin", "/usr/local/bin", "/snap/bin"])
        select Path.Combine(folder, name);

    private static IEnumerable<string> OnMac() =>
        from home in new[] { "/Applications", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Applications") }
        from name in new[] { "Chromium", "Google Chrome", "Microsoft Edge" }
        select Path.Combine(home, $"{name}.app", "Contents", "MacOS", name);

    private static IEnumerable<string> OnWindows() =>
        from home in new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData }
        from program in new[] { @"Chromium\Application\chrome.exe", @"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe" }
        select Path.Combine(Environment.GetFolderPath(home), program);
}
