using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace PetShop.Web.Illustrations;

/// <summary>Serves the shop's drawings at /pictures: everything needed is in the address, so they are cached for ever and ask no database.</summary>
public static class PictureEndpoint
{
    // Ready answers by address: a shop has a few thousand drawings of about 1 kB compressed. Beyond the bound they are drawn anew.
    private const int MaxReady = 20_000;
    private static readonly ConcurrentDictionary<string, byte[]> Ready = new(StringComparer.Ordinal);

    public static IEndpointConventionBuilder MapPictures(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/pictures/{name}.svg", [HttpMethods.Get, HttpMethods.Head], ServeAsync).WithDisplayName("Pictures");

    private static async Task ServeAsync(HttpContext context, string name)
    {
        if (!Ready.TryGetValue(name, out var zipped))
        {
            if (Picture.Parse(name) is not { } picture)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            zipped = Zip(Gallery.Draw(picture));
            if (Ready.Count < MaxReady)
                Ready.TryAdd(name, zipped);
        }
        await WriteAsync(context, zipped);
    }

    private static async Task WriteAsync(HttpContext context, byte[] zipped)
    {
        var headers = context.Response.Headers;
        headers.ContentType = "image/svg+xml";
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.XContentTypeOptions = "nosniff";
        if (AcceptsGzip(context.Request))
        {
            headers.ContentEncoding = "gzip";
            context.Response.ContentLength = zipped.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
                await context.Response.Body.WriteAsync(zipped, context.RequestAborted);
            return;
        }
        await using var plain = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress);
        if (!HttpMethods.IsHead(context.Request.Method))
            await plain.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);

    private static byte[] Zip(string svg)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize))
            gzip.Write(Encoding.UTF8.GetBytes(svg));
        return buffer.ToArray();
    }
}
