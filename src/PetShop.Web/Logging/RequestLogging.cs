using System.Diagnostics;

namespace PetShop.Web.Logging;

/// <summary>One line a request, with the pseudonymous id of a visitor who agreed to have one, and without keys that stand in addresses.</summary>
public sealed partial class RequestLogging(RequestDelegate next, ILogger<RequestLogging> logger)
{
    /// <summary>Key in <see cref="HttpContext.Items"/> under which tracking leaves the id that a log may show.</summary>
    public static readonly object PseudonymKey = new();

    public async Task InvokeAsync(HttpContext context)
    {
        var (started, asked) = (Stopwatch.GetTimestamp(), context.Request.Path);
        try
        {
            await next(context);
        }
        finally
        {
            if (logger.IsEnabled(LogLevel.Information))
                LogRequest(context.Request.Method, RequestNames.Of(context, asked), context.Response.StatusCode,
                    Stopwatch.GetElapsedTime(started).TotalMilliseconds, context.Items[PseudonymKey] as string ?? "-");
        }
    }

    [LoggerMessage(LogLevel.Information, "{Method} {Path} answered {StatusCode} in {ElapsedMs:0.0} ms, visitor {Visitor}")]
    private partial void LogRequest(string method, string path, int statusCode, double elapsedMs, string visitor);
}
