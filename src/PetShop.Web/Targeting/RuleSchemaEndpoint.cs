using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Targeting;

/// <summary>The schema of rules for editors and programs; it changes only with a release.</summary>
public static class RuleSchemaEndpoint
{
    private static readonly byte[] Schema = Encoding.UTF8.GetBytes(RuleSchema.Text);
    private static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Schema))[..16]}\"");

    public static void MapRuleSchema(this WebApplication app) => app.MapGet(RuleSchema.Path, (HttpContext http) =>
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Bytes(Schema, "application/schema+json", entityTag: Tag);
    });
}
