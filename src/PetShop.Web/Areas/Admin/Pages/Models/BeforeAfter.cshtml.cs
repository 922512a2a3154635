using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PetShop.Data;
using PetShop.Web.Recommendations;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Areas.Admin.Pages.Models;

/// <summary>The lists of a few shoppers under the model in service and under another version that is kept.</summary>
public sealed class BeforeAfterModel(PetShopDb db, ModelStore models, ModelHolder holder, ModelReplay replay) : PageModel
{
    private const int Offered = 50, Shoppers = 10, MostMoved = 8;

    /// <summary>A product that comes into lists or drops out of them, and how many.</summary>
    public sealed record Moved(int ProductId, string Name, int Came, int Left);

    /// <summary>The other version; unset: the newest that is kept.</summary>
    [BindProperty(SupportsGet = true)] public int? Version { get; set; }
    /// <summary>Draws the shoppers.</summary>
    [BindProperty(SupportsGet = true), Range(1, 1_000_000)] public int Seed { get; set; } = 1;

    /// <summary>Versions that are kept and do not serve here.</summary>
    public IReadOnlyList<ModelVersion> Others { get; private set; } = [];
    public int? Served => holder.Current.Model?.Version;
    public IReadOnlyList<ComparedLists> Lists { get; private set; } = [];
    public IReadOnlyList<Moved> Products { get; private set; } = [];
    /// <summary>Why there are no lists.</summary>
    public string? Complaint { get; private set; }
    /// <summary>Share of the places that hold a product of the list before.</summary>
    public double Kept { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Seed = ModelState.IsValid ? Seed : 1;
        var served = holder.Current.Model;
        Others = [.. (await ModelVersion.ReadAsync(db, Offered, cancel)).Where(v => v.HasContent && v.Version != served?.Version)];
        if (served is null || Others.Count == 0)
            return;
        if (Version is { } asked && Others.All(v => v.Version != asked))
            Complaint = asked == served.Version ? $"Model {asked} is the one in service; choose another to hold beside it." : $"Model {asked} is not kept any more; choose another.";
        Version = Complaint is null ? Version ?? Others[0].Version : Others[0].Version;
        if (Complaint is null)
            await CompareAsync(served, Version.Value, cancel);
    }

    private async Task CompareAsync(ServedModel served, int version, CancellationToken cancel)
    {
        try
        {
            Lists = await replay.RunAsync(served, await models.LoadAsync(version, cancel), Seed, Shoppers, cancel);
        }
        catch (InvalidDataException e)
        {
            Complaint = $"Model {version} cannot be read: {e.Message}";
            return;
        }
        Kept = Lists.Count == 0 ? 0 : Lists.Average(l => (double)l.Places.Count(p => p is { Before: not null, After: not null }) / Math.Max(1, l.Before.Count()));
        Products = [.. Lists.SelectMany(l => l.Places).GroupBy(p => (p.ProductId, p.Name))
            .Select(g => new Moved(g.Key.ProductId, g.Key.Name, g.Count(p => p.Before is null), g.Count(p => p.After is null))).Where(m => m.Came + m.Left > 0)
            .OrderByDescending(m => m.Came + m.Left).ThenBy(m => m.Name, StringComparer.Ordinal).Take(MostMoved)];
    }
}
