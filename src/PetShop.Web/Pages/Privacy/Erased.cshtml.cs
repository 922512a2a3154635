using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PetShop.Web.Pages.Privacy;

/// <summary>Confirms an erasure and lists the orders that the law keeps.</summary>
public sealed class ErasedModel : PageModel
{
    public IReadOnlyList<string> KeptOrders { get; private set; } = [];

    public void OnGet() => KeptOrders = TempData["KeptOrders"] as string[] ?? [];
}
