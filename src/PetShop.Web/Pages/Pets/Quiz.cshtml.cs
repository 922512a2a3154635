using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Campaigns;
using PetShop.Web.Pets;

namespace PetShop.Web.Pages.Pets;

/// <summary>The quiz about one pet: first the kind of animal, then the questions that make sense for it.</summary>
public sealed class QuizModel(PetShopDb db, TimeProvider clock, IOptions<ShopOptions> shop) : PageModel
{
    private const int MaxPets = 30;

    [BindProperty(SupportsGet = true)] public Guid? Id { get; set; }
    [BindProperty] public PetForm Input { get; set; } = new();

    /// <summary>Null until the kind of animal has been chosen.</summary>
    public Species? Species { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? species, CancellationToken cancel)
    {
        var owner = PetOwner.Of(HttpContext);
        if (owner.IsNobody)
            return LocalRedirect("/account/pets");
        if (Id is { } id)
        {
            if (await owner.Pets(db).AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.DiedOn == null, cancel) is not { } pet)
                return NotFound();
            Input = PetForm.Of(pet, pet.QuizValues);
            species = pet.Species;
        }
        Species = PetShop.Web.Pets.Species.Find(species);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var owner = PetOwner.Of(HttpContext);
        if (owner.IsNobody)
            return LocalRedirect("/account/pets");
        Species = PetShop.Web.Pets.Species.Find(Input.Species);
        if (!ModelState.IsValid)
            return Page();
        if (await PetAsync(owner, cancel) is not { } pet)
            return NotFound();
        var before = pet.QuizValues;
        Input.WriteTo(pet, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), shop.Value.Zone).Date));
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            await db.SaveChangesAsync(cancel);
            if (owner.ShopperId is { } shopperId)
                await QuizValues.FollowAsync(db, shopperId, before, cancel);
            await transaction.CommitAsync(cancel);
        }
        TempData["Toast"] = Id is null ? $"Welcome, {pet.Name}!" : $"{pet.Name} is up to date.";
        return LocalRedirect("/account/pets");
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancel)
    {
        var owner = PetOwner.Of(HttpContext);
        if (await owner.Pets(db).SingleOrDefaultAsync(p => p.Id == Id, cancel) is { } pet)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (owner.ShopperId is { } reader)
                await WrittenLetters.TakeBackAsync(db, reader, cancel);
            db.Pets.Remove(pet);
            await db.SaveChangesAsync(cancel);
            if (owner.ShopperId is { } shopperId)
                await QuizValues.FollowAsync(db, shopperId, pet.QuizValues, cancel);
            await transaction.CommitAsync(cancel);
            TempData["Toast"] = "We have forgotten everything about this pet.";
        }
        return LocalRedirect("/account/pets");
    }

    private async Task<Pet?> PetAsync(PetOwner owner, CancellationToken cancel)
    {
        if (Id is { } id)
            return await owner.Pets(db).SingleOrDefaultAsync(p => p.Id == id && p.DiedOn == null, cancel);
        if (await owner.Pets(db).CountAsync(cancel) >= MaxPets)
            return null;
        var pet = new Pet { Id = Guid.CreateVersion7(), ShopperId = owner.ShopperId, VisitorId = owner.VisitorId, Name = "", Species = "", CreatedAt = clock.GetUtcNow() };
        db.Pets.Add(pet);
        return pet;
    }
}
