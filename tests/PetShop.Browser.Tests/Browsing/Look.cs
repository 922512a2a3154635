namespace PetShop.Browser.Tests.Browsing;

/// <summary>What the shop is looked at with.</summary>
/// <param name="Script">Off for readers without script.</param>
/// <param name="As">Mail address of who is signed in; null for a stranger.</param>
public sealed record Look(int Width = 1280, int Height = 900, bool Dark = false, bool Script = true, string? As = null)
{
    public static readonly Look Desktop = new();
    public static readonly Look Phone = new(390, 844);
    public static readonly Look WithoutScript = new(Script: false);

    public bool IsPhone => Width < 600;

    // Headless Chromium calls itself that, and the shop keeps no record of what robots do.
    public string UserAgent => IsPhone
        ? "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36"
        : "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
}
