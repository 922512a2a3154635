using Microsoft.AspNetCore.Http.HttpResults;
using PetShop.Targeting.Segments;

namespace PetShop.Web.Api;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Place">JSON path into the body, or the name of a parameter.</param>
/// <param name="Mend">How to put it right.</param>
public sealed record Fault(string Place, string Cause, string Mend)
{
    /// <summary>A fault of a rule that stands in the body under a name.</summary>
    public static Fault Of(RuleError error, string place) => new(place + error.Path.TrimStart('$'), error.Cause, error.Mend);
}

/// <summary>Answers that say what is wrong, in the form of RFC 9457, with a code for programs and words for people.</summary>
public static class Problem
{
    public static ProblemHttpResult Of(int status, string code, string detail, IReadOnlyList<Fault>? faults = null)
    {
        var more = new Dictionary<string, object?> { ["code"] = code };
        if (faults is not null)
            more["faults"] = faults;
        return TypedResults.Problem(detail, statusCode: status, title: Title(status), extensions: more);
    }

    /// <summary>The meaning of a status, the same for every operation.</summary>
    public static string Title(int status) => status switch
    {
        400 => "The request could not be read",
        401 => "A valid key is needed",
        403 => "This is not allowed",
        404 => "There is no such thing",
        405 => "This cannot be done here",
        409 => "That does not fit what is there",
        412 => "Somebody changed it meanwhile",
        413 => "The body is too large",
        415 => "Send JSON",
        422 => "Something in the request is wrong",
        428 => "Say which version you edit",
        429 => "Too many requests",
        503 => "Not just now",
        _ => "Something broke on our side",
    };

    public static ProblemHttpResult Unsound(IReadOnlyList<Fault> faults) =>
        Of(422, "unsound", faults.Count == 1 ? $"{faults[0].Cause} {faults[0].Mend}" : $"{faults.Count} things are wrong; \"faults\" tells of each where it stands, what is wrong and how to mend it.", faults);

    public static ProblemHttpResult Unsound(string place, string cause, string mend) => Unsound([new(place, cause, mend)]);

    public static ProblemHttpResult NoSegment(string key) => Of(404, "no_such_segment", $"There is no segment '{key}'. GET /api/v1/segments lists them all.");
    public static ProblemHttpResult NoShopper(Guid id) => Of(404, "no_such_shopper", $"There is no shopper {id}. They may have been erased.");
    public static ProblemHttpResult NoWebhook(int id) => Of(404, "no_such_webhook", $"There is no webhook {id}. GET /api/v1/webhooks lists them all.");

    public static ProblemHttpResult VisitDecides(string key) =>
        Of(409, "depends_on_visit", $"The rule of '{key}' asks about the visit under way (device, hour, country of the visit), so nobody's membership is stored. POST /api/v1/visitors/evaluate answers it for one visit.");
}
