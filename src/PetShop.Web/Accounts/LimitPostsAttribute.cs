using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PetShop.Web.Accounts;

/// <summary>Answers a page's POST with 429 and a sentence beside the form when its network address tries too often.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LimitPostsAttribute : Attribute, IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var limiter = context.HttpContext.RequestServices.GetRequiredService<AccountLimiter>();
        if (!HttpMethods.IsPost(context.HttpContext.Request.Method) || limiter.MayPost(context.HttpContext.Connection.RemoteIpAddress))
        {
            await next();
            return;
        }
        context.ModelState.AddModelError("", "That was tried very often from your network. Please wait a few minutes and try again.");
        context.HttpContext.Response.Headers.RetryAfter = "300";
        context.Result = new PageResult { StatusCode = StatusCodes.Status429TooManyRequests };
    }
}
