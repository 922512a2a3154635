using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Web.Catalog;

namespace PetShop.Web.Pages;

/// <summary>The home page: who it is for, and rails that fit the visitor.</summary>
public sealed class IndexModel(ShelfKeeper shelves) : PageModel
{
    public IReadOnlyList<Department> Departments { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Departments = Department.Of(await shelves.GetAsync(cancel));
}
