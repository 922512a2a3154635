using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data.Shoppers;
using PetShop.Web.Recommendations.Rails;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Tracking;

namespace PetShop.Web.Pages.Liking;

/// <summary>The whole answer to "Why this?" of one card, with every way to put it right; asked for by script, only the answer itself.</summary>
public sealed class WhyModel(Tastes tastes, ModelHolder holder) : PageModel
{
    private const int PartsInCard = 2;
    private Corrections _made = Corrections.None;

    public WhyAnswer Answer { get; private set; } = null!;
    public bool MayCorrect { get; private set; }
    /// <summary>Drawn over a card, where there is room for the most telling parts only.</summary>
    public bool IsInCard { get; private set; }
    public IEnumerable<WhyPart> Parts => IsInCard ? Answer.Parts.Take(PartsInCard) : Answer.Parts;
    /// <summary>Per cent that come from all that is not shown.</summary>
    public int Rest => 100 - Parts.Sum(p => p.Percent) - Answer.CommonPercent;

    /// <param name="by">What chose the card.</param>
    public async Task<IActionResult> OnGetAsync(int id, string? by, CancellationToken cancel)
    {
        var taste = await tastes.GetAsync(HttpContext.Visitor(), cancel);
        var state = taste?.State ?? holder.Current;
        if (state.Catalogue.Find(id) is not { } product)
            return NotFound();
        (MayCorrect, _made) = (taste is not null, taste?.Household.Corrections ?? Corrections.None);
        Answer = WhyAnswer.Of(state, taste, product, by ?? "");
        IsInCard = Request.Headers.ContainsKey("HX-Request");
        return IsInCard ? Partial("_Answer", this) : Page();
    }

    /// <summary>The corrections that make sense for this product, and whether each was made.</summary>
    public IEnumerable<(CorrectionKind Kind, string Label, bool IsDone)> Ways()
    {
        yield return Way(CorrectionKind.NotForMe, "Not for me");
        if (Answer.Product.Species.Length > 0)
            yield return Way(CorrectionKind.NotMyPet, "Not my pet");
        yield return Answer.Bought ? Way(CorrectionKind.WasGift, "It was a gift") : Way(CorrectionKind.AlreadyHave, "Already have it");
    }

    private (CorrectionKind, string, bool) Way(CorrectionKind kind, string label) => (kind, label, _made.Find(kind, Answer.Product.Id) is not null);
}
