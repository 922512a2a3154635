using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using PetShop.Web.Api.Keys;

namespace PetShop.Web.Api;

/// <summary>How often one key may ask.</summary>
public static class ApiLimits
{
    public const string Requests = "api requests";
    public const string Evaluations = "api evaluations";

    public static void AddApiLimits(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(Requests, http => OfKey(http, options => options.RequestsPerMinute));
        limiter.AddPolicy(Evaluations, http => OfKey(http, options => options.EvaluationsPerMinute));
        limiter.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            rejected.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await Problem.Of(429, "too_many", $"This key has asked more often than its limit a minute. Wait {Math.Ceiling(wait.TotalSeconds):0} seconds.").ExecuteAsync(rejected.HttpContext);
        };
    });

    private static RateLimitPartition<int> OfKey(HttpContext http, Func<ApiOptions, int> limit) => RateLimitPartition.GetFixedWindowLimiter(
        ApiKeyHandler.IdOf(http.User),
        _ => new() { PermitLimit = limit(http.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value), Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });
}
