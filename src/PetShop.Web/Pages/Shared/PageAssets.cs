using Microsoft.AspNetCore.Components;

namespace PetShop.Web.Pages.Shared;

/// <summary>Addresses of the shop's own files, with their fingerprints.</summary>
public static class PageAssets
{
    /// <summary>What <c>~/</c> in a view leads to, without a tag helper for each of the ten files of a page: those would cost more than its rows.</summary>
    /// <param name="path">Under wwwroot, such as "css/shop.css".</param>
    public static string Asset(this HttpContext http, string path) =>
        $"{http.Request.PathBase}/{http.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>()?[path] ?? path}";
}
