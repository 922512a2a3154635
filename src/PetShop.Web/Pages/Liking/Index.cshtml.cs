using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Shoppers;
using PetShop.Web.Catalog;
using PetShop.Web.Database;
using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Liking;

/// <summary>What lists are made of for this person, and all that they put right; every "Why this?" posts here.</summary>
public sealed class IndexModel(PetShopDb db, Tastes tastes, CorrectionDesk desk, ModelHolder holder, ProductCache cache, OutageCover cover) : PageModel
{
    private const int MostSources = 20;

    public sealed record Source(ProductFacts Product, string Verb);

    public sealed record Correcting(CorrectionKind Kind, int ProductId, string Sentence, DateTimeOffset At);

    public sealed record Form(string? Correction, string? ReturnUrl);

    /// <summary>What to say when it is done: a sentence, and the word that takes it back.</summary>
    public sealed record Done(string Text, string? Undo, bool OffersPets);

    public bool IsPersonal { get; private set; }

    /// <summary>What this person did and said cannot be looked up just now; it stays.</summary>
    public bool IsAway { get; private set; }
    public IReadOnlyList<(string Name, int Percent)> Shares { get; private set; } = [];
    public IReadOnlyList<Source> Sources { get; private set; } = [];
    public IReadOnlyList<Correcting> Made { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var visitor = HttpContext.Visitor();
        if (await tastes.GetAsync(visitor, cancel) is not { } taste)
        {
            if (IsAway = visitor.MayPersonalise && cover.IsUsed)
                HttpContext.SayAway();
            return;
        }
        IsPersonal = true;
        Shares = [.. taste.Groups.Select(g => (NameOf(taste, g), (int)Math.Round(100 * g.Share)))];
        Sources = [.. taste.Weighed.Where(w => w.Target > 0).OrderByDescending(w => w.Confidence)
            .Select(w => taste.State.CatalogueColumn(w.Index)).Where(c => c >= 0).Take(MostSources)
            .Select(c => new Source(taste.State.Catalogue[c], taste.VerbOf(taste.State.Catalogue[c].Id)))];
        int[] ids = [.. taste.Household.Corrections.Made.Select(c => c.ProductId)];
        var names = await NamesAsync(ids, taste.State.Catalogue, cancel);
        Made = [.. taste.Household.Corrections.Made.Where(c => names.ContainsKey(c.ProductId)).Select(c => new Correcting(c.Kind, c.ProductId, Sentence(c.Kind, names[c.ProductId], c.Species), c.At))];
    }

    // With nothing to read, too, a page made from memory alone finds out whether it has to say so.
    private async Task<Dictionary<int, string>> NamesAsync(int[] ids, Catalogue catalogue, CancellationToken cancel) => ids.Length == 0 && cache.Hears ? []
        : await cover.ReadAsync(
            () => db.Products.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancel),
            () => ids.Select(catalogue.Find).OfType<ProductFacts>().ToDictionary(p => p.Id, p => p.Name));

    public async Task<IActionResult> OnPostAsync(Form form, CancellationToken cancel)
    {
        var visitor = HttpContext.Visitor();
        if (CorrectionDesk.Read(form.Correction) is not { } asked)
            return BadRequest("Say what is wrong and with which product: \"not-for-me 12\", say.");
        if (!visitor.MayPersonalise)
            return BadRequest("Lists are the same for everybody until you allow personal ones under Privacy.");
        // What left the shop can still be taken back.
        var product = holder.Current.Catalogue.Find(asked.ProductId);
        if (product is null && !asked.Undo)
            return BadRequest("Name a product that the shop sells.");
        if (asked.Undo)
            await desk.UndoAsync(visitor, asked.Kind, asked.ProductId, cancel);
        else
            await desk.AddAsync(visitor, asked.Kind, asked.ProductId, cancel);
        var has = product is not null && (await tastes.GetAsync(visitor, cancel))?.Household.Pets.Any(p => product.Species.Contains(p.Species)) == true;
        return Answer(DoneOf(asked.Kind, product, asked.Undo, has, $"{CorrectionDesk.WordOf(asked.Kind)} {asked.ProductId}"), form.ReturnUrl);
    }

    private IActionResult Answer(Done done, string? returnUrl)
    {
        if (Request.Headers.ContainsKey("HX-Request"))
            return Partial("_Done", done);
        TempData["Toast"] = done.Text;
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/taste");
    }

    private static Done DoneOf(CorrectionKind kind, ProductFacts? product, bool undo, bool hasPet, string word)
    {
        var name = product?.Name ?? "it";
        return undo ? new("Taken back. Your lists follow from the next page on.", null, false) : kind switch
        {
            CorrectionKind.NotForMe => new($"Noted: we will not suggest {name} to you again.", "undo " + word, false),
            CorrectionKind.NotMyPet when hasPet => new($"Noted: {name} is gone from your lists. You told us of such a pet, so other products for it stay; you can change your pets.", "undo " + word, true),
            CorrectionKind.NotMyPet => new($"Noted: nothing for a {SpeciesOf(product!.Species)} in your lists any more. If you do have one, tell us of your pets.", "undo " + word, true),
            CorrectionKind.WasGift => new($"Noted: {name} was for somebody else. It no longer counts for your lists.", "undo " + word, false),
            _ => new($"Noted: you have {name} already. It stays out of your lists, and nothing like it suffers.", "undo " + word, false),
        };
    }

    private static string Sentence(CorrectionKind kind, string name, string[] species) => kind switch
    {
        CorrectionKind.NotForMe => $"{name} is not for you.",
        CorrectionKind.NotMyPet => $"{name} is not for a pet of yours: no {SpeciesOf(species)} here.",
        CorrectionKind.WasGift => $"{name} was a gift.",
        _ => $"You have {name} already.",
    };

    private static string SpeciesOf(string[] species) => species.Length == 0 ? "pet like that" : string.Join(" or ", species.Select(s => Words.Say(s).ToLowerInvariant()));

    private static string NameOf(Taste taste, TasteGroup group) => Array.Find(taste.Household.Pets, p => p.Id.ToString() == group.Key)?.Name ?? Words.Say(group.Key);
}
