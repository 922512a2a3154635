using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using PetShop.Web.Api;
using PetShop.Web.Api.Keys;

namespace PetShop.Web.Pages.Programs;

/// <summary>What programs can ask, for the people who write them; made from the API's own document.</summary>
public sealed class DocsModel(ApiReference reference, IOptions<ApiOptions> options) : PageModel
{
    public IReadOnlyList<(string Subject, IReadOnlyList<ReferenceOperation> Operations)> Subjects { get; private set; } = [];
    public ApiOptions Limits => options.Value;
    public IReadOnlyList<ApiScope> Scopes => ApiScope.All;
    public string Shop => $"{Request.Scheme}://{Request.Host}{Request.PathBase}";

    public async Task OnGetAsync(CancellationToken cancel) => Subjects = await reference.ReadAsync(cancel);
}
