using System.Net;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PetShop.Web.Tests.Targeting;

namespace PetShop.Web.Tests.Admin;

public sealed class AccessTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    [Fact]
    public async Task Every_page_of_the_area_is_for_staff_alone()
    {
        var server = await shop.ServerAsync();
        var paths = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>()?.AreaName == "Admin").Select(e => Filled(e.RoutePattern.RawText!)).Distinct().ToList();
        Assert.Equal(3, paths.Count(IsForAdministrators));
        Assert.True(paths.Count >= 14, $"Only {paths.Count} pages found.");
        using var stranger = server.NewVisitor();
        using var shopper = server.SignedIn("shopper");
        using var staff = server.SignedIn("merchandiser");
        using var administrator = server.SignedIn("administrator");
        foreach (var path in paths)
        {
            Assert.Contains("/account/sign-in", (await stranger.Client.GetAsync(path)).Headers.Location?.ToString(), StringComparison.Ordinal);
            Assert.Contains("/account/denied", (await shopper.Client.GetAsync(path)).Headers.Location?.ToString(), StringComparison.Ordinal);
            if (IsForAdministrators(path))
                Assert.Contains("/account/denied", (await staff.Client.GetAsync(path)).Headers.Location?.ToString(), StringComparison.Ordinal);
            var answer = await (IsForAdministrators(path) ? administrator : staff).Client.GetAsync(path);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{path} answered {answer.StatusCode}.");
            if (!path.Contains('1', StringComparison.Ordinal) && !path.Contains("00000000", StringComparison.Ordinal))
                Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
        }
    }

    private static bool IsForAdministrators(string path) => path == "/admin/api" || path.StartsWith("/admin/api/", StringComparison.Ordinal);

    private static string Filled(string pattern) => "/" + pattern.TrimStart('/')
        .Replace("{id:int}", "1", StringComparison.Ordinal).Replace("{id:long}", "1", StringComparison.Ordinal).Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace("/{id?}", "", StringComparison.Ordinal)
        .Replace("{key}", "1", StringComparison.Ordinal).Replace("/{handler?}", "", StringComparison.Ordinal);
}
