using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PetShop.Data.Api;

namespace PetShop.Web.Api.Keys;

/// <summary>Knows a program by the key it sends: <c>Authorization: Bearer psk_...</c>.</summary>
public sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeys keys, WrongKeys wrong)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string KeyId = "key";
    private TimeSpan? _wait;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return AuthenticateResult.NoResult();
        const string Bearer = "Bearer ";
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.Fail("Send the key as \"Authorization: Bearer psk_...\".");
        if ((_wait = wrong.WaitOf(Context.Connection.RemoteIpAddress)) is not null)
            return AuthenticateResult.Fail("Too many wrong keys came from this address.");
        var (key, problem) = await keys.FindAsync(header[Bearer.Length..].Trim(), Context.RequestAborted);
        if (key is not null)
            return AuthenticateResult.Success(new(PrincipalOf(key), SchemeName));
        wrong.Count(Context.Connection.RemoteIpAddress);
        return AuthenticateResult.Fail(problem);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        if (_wait is { } wait)
        {
            Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await Problem.Of(429, "wrong_keys", $"{result.Failure?.Message} Wait {wait.TotalSeconds:0} seconds, then send a key that is one.").ExecuteAsync(Context);
            return;
        }
        Response.Headers.WWWAuthenticate = "Bearer realm=\"PetShop API\"";
        await Problem.Of(401, "no_key", result.Failure?.Message ?? "Send a key as \"Authorization: Bearer psk_...\". An administrator makes one under /admin/api.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<ApiScope>()?.Name;
        var has = string.Join(", ", Context.User.FindAll(ApiScopes.Claim).Select(c => c.Value));
        return Problem.Of(403, "scope_missing", $"This needs the scope {needed}; the key has {(has.Length == 0 ? "none" : has)}. Scopes never change: make another key under /admin/api.").ExecuteAsync(Context);
    }

    /// <summary>The id of the key a request came with.</summary>
    public static int IdOf(ClaimsPrincipal user) => int.Parse(user.FindFirstValue(KeyId)!, CultureInfo.InvariantCulture);

    /// <summary>The key as the audit log names it.</summary>
    public static string Who(ClaimsPrincipal user) => user.Identity!.Name!;

    private static ClaimsPrincipal PrincipalOf(ApiKey key) => new(new ClaimsIdentity(
        [new(KeyId, key.Id.ToString(CultureInfo.InvariantCulture)), new(ClaimTypes.Name, $"API key {key.Name} ({key.Prefix})"), .. key.Scopes.Select(s => new Claim(ApiScopes.Claim, s))], SchemeName));
}
