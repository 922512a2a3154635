using Microsoft.AspNetCore.Http.HttpResults;
using PetShop.Web.Tracking;

namespace PetShop.Web.Privacy;

/// <summary><c>POST /privacy/consent</c>: takes the answer of the dialog and leads back to the page it was given on.</summary>
public static class ConsentEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext http, ConsentAnswers answers, CancellationToken cancel)
    {
        if (!SameOrigin.Allows(http.Request))
            return Results.Problem("The answer did not come from a page of this shop.", statusCode: 403);
        if (!http.Request.HasFormContentType)
            return Results.Problem("The answer must be sent as a form.", statusCode: 400);
        var form = await http.Request.ReadFormAsync(cancel);
        if (Read(form) is not { } answer)
            return Results.Problem("The field \"answer\" must be accept, refuse or choose.", statusCode: 400);
        var back = form["returnUrl"].ToString() is { } url && RedirectHttpResult.IsLocalUrl(url) ? url : "/";
        await answers.AnswerAsync(http, answer with { CameFrom = new(form["from"], VisitOrigin.CampaignOf(back)) }, cancel);
        return Results.LocalRedirect(back);
    }

    private static ConsentAnswer? Read(IFormCollection form) => form["answer"].ToString() switch
    {
        "accept" => new(Consent.Accepted, "accept", DialogVariant),
        "refuse" => new(Consent.Refused, "refuse", DialogVariant),
        "choose" => new(Chosen(form), "choose", DialogVariant),
        _ => null,
    };

    /// <summary>Names the look of the dialog on receipts.</summary>
    public const string DialogVariant = "dialog-1";

    /// <summary>The ticked purposes of a form; boxes are named as in <see cref="ConsentText.Purposes"/>.</summary>
    public static Consent Chosen(IFormCollection form) =>
        new(form.ContainsKey("analytics"), form.ContainsKey("personalisation"), form.ContainsKey("email"), form.ContainsKey("prices"), IsAnswered: true);
}
