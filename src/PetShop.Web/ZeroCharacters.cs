namespace PetShop.Web;

/// <summary>Refuses addresses that ask for a zero character: PostgreSQL stores none, so nothing can be found by it.</summary>
public sealed class ZeroCharacters(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) != true)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
