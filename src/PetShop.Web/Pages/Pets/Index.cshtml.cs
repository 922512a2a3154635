using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Pets;

namespace PetShop.Web.Pages.Pets;

/// <summary>The household's animals, for shoppers and for visitors who agreed to personal pages.</summary>
public sealed class IndexModel(PetShopDb db, TimeProvider clock, IOptions<ShopOptions> shop) : PageModel
{
    public IReadOnlyList<Pet> Living { get; private set; } = [];
    public bool MayRemember { get; private set; }
    public DateOnly Today { get; } = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), shop.Value.Zone).Date);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var owner = PetOwner.Of(HttpContext);
        MayRemember = !owner.IsNobody;
        if (MayRemember)
            Living = await owner.Pets(db).AsNoTracking().Where(p => p.DiedOn == null).OrderBy(p => p.CreatedAt).ToListAsync(cancel);
    }
}
