using System.Net;
using System.Net.Sockets;

namespace PetShop.Web.Api.Webhooks;

/// <summary>Tells addresses of the world from those inside somebody's network, which no webhook may reach.</summary>
public static class WebhookAddress
{
    private const int LongestUrl = 2_000;

    // RFC 6890 and its registries: this host, private, shared, link-local, documentation, benchmarks, multicast, reserved.
    private static readonly IPNetwork[] Inside =
    [
        .. ((string[])["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address is reached over the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || Global.Contains(plain)) && !Array.Exists(Inside, n => n.Contains(plain));
    }

    /// <summary>What is wrong with an address before anybody tries it; null when nothing is.</summary>
    public static Fault? Wrong(string url, WebhookOptions options)
    {
        const string Place = "$.url";
        if (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Scheme is not ("http" or "https"))
            return new(Place, "This is no web address.", $"Write it out, such as https://example.com/hooks/petshop, in at most {LongestUrl} characters.");
        if (uri.Scheme == "http" && !options.AllowHttp)
            return new(Place, "Messages about people travel by https only.", "Use an https address.");
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            return new(Place, "A name, a password or a fragment stands in the address.", "Leave it out: messages carry a signature, check that.");
        var isInside = uri.IsLoopback || (IPAddress.TryParse(uri.DnsSafeHost, out var ip) && !IsPublic(ip));
        return isInside && !options.AllowPrivateAddresses ? new(Place, "The address lies inside a network of its own.", "Use one that is reached over the internet.") : null;
    }
}
