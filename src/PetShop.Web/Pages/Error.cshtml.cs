using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Web.Database;

namespace PetShop.Web.Pages;

/// <summary>Shown when a request failed; needs no layout, database or session, and answers any method.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    /// <summary>What the log calls this request.</summary>
    public string RequestId => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    /// <summary>Nothing broke: the database is away, and a later try will do.</summary>
    public bool IsAway { get; private set; }

    /// <summary>Where a second try begins: the page that was asked for or, when something was sent, the one that it was sent from.</summary>
    public string? Again
    {
        get
        {
            var again = HttpMethods.IsPost(Request.Method)
                ? Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == Request.Host.Value ? from.PathAndQuery : null
                : $"{Request.PathBase}{HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path}{Request.QueryString}";
            return Url.IsLocalUrl(again) ? again : null;
        }
    }

    public void OnGet() => Explain();

    public void OnPost() => Explain();

    private void Explain()
    {
        IsAway = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is { } error && DatabaseAway.Explains(error);
        if (IsAway)
            HttpContext.SayAway();
    }
}
