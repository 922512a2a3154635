using System.Buffers;

namespace PetShop.Web.Tracking;

/// <summary>Tells robots from people by what they say of themselves, with the reason.</summary>
public static class BotDetector
{
    // Words that crawlers, previewers and monitors put in their names.
    private static readonly SearchValues<string> Declared = SearchValues.Create(
        ["bot", "crawl", "spider", "slurp", "facebookexternalhit", "preview", "monitor", "uptime", "lighthouse", "pingdom", "archiver", "scrapy", "feedfetcher", "mediapartners"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Libraries = SearchValues.Create(
        ["curl/", "wget/", "python-", "aiohttp", "httpx", "java/", "okhttp", "go-http-client", "libwww", "node-fetch", "axios/", "undici", "ruby", "php/", "postmanruntime", "k6/", "apachebench", "wrk"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Headless = SearchValues.Create(
        ["headless", "phantomjs", "electron/", "puppeteer", "selenium"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Why a client with this user agent is taken for a robot; null when it may be a person.</summary>
    public static string? Reason(ReadOnlySpan<char> userAgent, bool headlessIsBot) => userAgent switch
    {
        _ when userAgent.IsWhiteSpace() => "bot:no-user-agent",
        // Cubot makes phones.
        _ when userAgent.ContainsAny(Declared) && !userAgent.Contains("cubot", StringComparison.OrdinalIgnoreCase) => "bot:declared",
        _ when userAgent.ContainsAny(Libraries) => "bot:library",
        _ when headlessIsBot && userAgent.ContainsAny(Headless) => "bot:headless",
        _ => null,
    };

    /// <summary>phone, tablet or desktop.</summary>
    public static string Device(ReadOnlySpan<char> userAgent)
    {
        if (userAgent.Contains("ipad", StringComparison.OrdinalIgnoreCase) || userAgent.Contains("tablet", StringComparison.OrdinalIgnoreCase))
            return "tablet";
        if (userAgent.Contains("mobi", StringComparison.OrdinalIgnoreCase))
            return "phone";
        return userAgent.Contains("android", StringComparison.OrdinalIgnoreCase) ? "tablet" : "desktop";
    }
}
