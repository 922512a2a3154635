using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data;
using PetShop.Data.Models;

namespace PetShop.Web.Areas.Admin.Pages.Models;

/// <summary>Two versions of the recommender side by side.</summary>
public sealed class CompareModel(PetShopDb db) : PageModel
{
    private const int Offered = 50;

    /// <summary>Version on the left; unset: the one that the other was judged against.</summary>
    [BindProperty(SupportsGet = true)] public int? Before { get; set; }
    /// <summary>Version on the right; unset: the newest.</summary>
    [BindProperty(SupportsGet = true)] public int? After { get; set; }

    public IReadOnlyList<ModelVersion> Versions { get; private set; } = [];
    /// <summary>Null when there are not two.</summary>
    public Comparison? Pair { get; private set; }
    /// <summary>A version was asked for that is not there.</summary>
    public bool IsUnknown { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Versions = await ModelVersion.ReadAsync(db, Offered, cancel);
        IsUnknown = Find(After) is null && After is not null || Find(Before) is null && Before is not null;
        if (Versions.Count < 2)
            return;
        var after = Find(After) ?? Versions.First(v => v.Version != Before);
        var before = Find(Before) is { } asked && asked != after ? asked
            : Find(after.Quality?.IncumbentVersion) ?? Versions.FirstOrDefault(v => v.Status == ModelStatus.Serving && v != after) ?? Versions.First(v => v != after);
        (Before, After, Pair) = (before.Version, after.Version, new(before, after));
    }

    private ModelVersion? Find(int? version) => Versions.FirstOrDefault(v => v.Version == version);
}
