using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using PetShop.Web.Database;
using PetShop.Web.Logging;

namespace PetShop.Web.Api;

/// <summary>Whatever goes wrong below, a program gets a problem it can read and never a page.</summary>
public sealed partial class ApiErrors(RequestDelegate next, ILogger<ApiErrors> logger)
{
    private const string NotJson = "Send the body as JSON, with Content-Type: application/json.";

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
                await Bare(http).ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer.
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await Problem.Of(e.StatusCode, e.StatusCode == 400 ? "unreadable" : "refused", Words(e)).ExecuteAsync(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && (e as PostgresException ?? e.InnerException as PostgresException)?.SqlState == PostgresErrorCodes.CharacterNotInRepertoire)
        {
            await Problem.Of(400, "unreadable", "A text holds a zero character, which cannot be stored. Leave it out.").ExecuteAsync(http);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            await AnswerAsync(http, e);
        }
    }

    /// <summary>What routing refuses by a status alone, in words.</summary>
    private static ProblemHttpResult Bare(HttpContext http) => http.Response.StatusCode switch
    {
        404 => Problem.Of(404, "no_such_operation", $"There is no {http.Request.Path}. /api/docs lists what there is."),
        405 => Problem.Of(405, "no_such_method", $"{http.Request.Path} takes {http.Response.Headers.Allow}, not {http.Request.Method}."),
        415 => Problem.Of(415, "refused", NotJson),
        var status => Problem.Of(status, "refused", "The request was refused."),
    };

    private async Task AnswerAsync(HttpContext http, Exception error)
    {
        if (DatabaseAway.Explains(error))
        {
            LogAway(http.Request.Method, RequestNames.Of(http, http.Request.Path), error.Message);
            http.Response.Headers.RetryAfter = "5";
            await Problem.Of(503, "away", "The shop's database does not answer just now. Try again in a few seconds.").ExecuteAsync(http);
            return;
        }
        LogBroke(http.Request.Method, RequestNames.Of(http, http.Request.Path), error);
        await Problem.Of(500, "broken", $"It is written down under {http.TraceIdentifier}; tell us that number if it happens again.").ExecuteAsync(http);
    }

    private static string Words(BadHttpRequestException error) => error.InnerException switch
    {
        JsonException { Path: { } path } json => $"At {path}: {json.Message.Split(" Path: ")[0]}",
        JsonException => "The body is no JSON. Check quotes, commas and brackets.",
        _ => error.StatusCode switch
        {
            413 => $"A body may be {ApiOptions.LargestBody / 1_000_000} MB long.",
            415 => NotJson,
            _ => error.Message,
        },
    };

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} could not be answered; the database is away: {Problem}")]
    private partial void LogAway(string method, string path, string problem);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} broke")]
    private partial void LogBroke(string method, string path, Exception error);
}
