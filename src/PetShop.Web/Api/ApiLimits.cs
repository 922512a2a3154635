using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Web.Api.Keys;

namespace PetShop.Web.Api;

/// <summary>How often one key may ask, over all replicas.</summary>
public static class ApiLimits
{
    public const string Requests = "api requests";
    public const string Evaluations = "api evaluations";

    public static void AddApiLimits(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(Requests, http => OfKey(http, 1, options => options.RequestsPerMinute));
        limiter.AddPolicy(Evaluations, http => OfKey(http, 2, options => options.EvaluationsPerMinute));
        limiter.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            rejected.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await Problem.Of(429, "too_many", $"This key has asked more often than its limit a minute. Wait {Math.Ceiling(wait.TotalSeconds):0} seconds.").ExecuteAsync(rejected.HttpContext);
        };
    });

    private static RateLimitPartition<int> OfKey(HttpContext http, short kind, Func<ApiOptions, int> limit)
    {
        var services = http.RequestServices;
        return RateLimitPartition.Get(ApiKeyHandler.IdOf(http.User), key => new SharedBudget(
            services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<TimeProvider>(), key, kind, limit(services.GetRequiredService<IOptions<ApiOptions>>().Value)));
    }
}
