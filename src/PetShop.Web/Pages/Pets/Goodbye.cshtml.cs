using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Web.Campaigns;
using PetShop.Web.Pets;

namespace PetShop.Web.Pages.Pets;

/// <summary>A pet has died: one press, and nothing in the shop speaks of it again.</summary>
public sealed class GoodbyeModel(PetShopDb db, TimeProvider clock, IOptions<ShopOptions> shop) : PageModel
{
    public string Name { get; private set; } = "";
    public bool IsDone { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        var pet = await PetOwner.Of(HttpContext).Pets(db).Where(p => p.Id == id).Select(p => new { p.Name, p.DiedOn }).SingleOrDefaultAsync(cancel);
        if (pet is null)
            return NotFound();
        (Name, IsDone) = (pet.Name, pet.DiedOn is not null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), shop.Value.Zone).Date);
        var owner = PetOwner.Of(HttpContext);
        if (await owner.Pets(db).SingleOrDefaultAsync(p => p.Id == id && p.DiedOn == null, cancel) is not { } pet)
            return NotFound();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (owner.ShopperId is { } reader)
            await WrittenLetters.TakeBackAsync(db, reader, cancel);
        pet.DiedOn = today;
        await db.SaveChangesAsync(cancel);
        if (owner.ShopperId is { } shopperId)
            await QuizValues.FollowAsync(db, shopperId, pet.QuizValues, cancel);
        await transaction.CommitAsync(cancel);
        return RedirectToPage(new { id });
    }
}
