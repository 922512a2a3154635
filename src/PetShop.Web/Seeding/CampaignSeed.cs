using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Banners;
using PetShop.Data.Campaigns;
using PetShop.Data.Segments;
using PetShop.Web.Targeting;

namespace PetShop.Web.Seeding;

/// <summary>The segments, banners and letters that the demo opens with.</summary>
public sealed class CampaignSeed(PetShopDb db, TimeProvider clock)
{
    private const string By = "demo";

    /// <summary>Adds the demo's segments, banners and letters where there are none.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        if (await db.Segments.AnyAsync(cancel) || await db.Banners.AnyAsync(cancel))
            return;
        var now = clock.GetUtcNow();
        var segments = CampaignSheet.Segments.Select(s => new Segment
        {
            Slug = s.Slug, Name = s.Name, Description = s.Description, Rule = s.Rule, IsActive = true, Purpose = "Banners", Owner = "merchandiser@petshop.example", UpdatedAt = now, UpdatedBy = By,
        }).ToList();
        db.Segments.AddRange(segments);
        await db.SaveChangesAsync(cancel);
        db.SegmentVersions.AddRange(segments.Select(s => new SegmentVersion { SegmentId = s.Id, Version = 1, Rule = s.Rule, SavedAt = now, SavedBy = By, IsActive = true }));
        var ids = segments.ToDictionary(s => s.Slug, s => s.Id);
        db.Banners.AddRange(CampaignSheet.Banners.Select(b => Banner(b, ids, now)));
        db.Campaigns.AddRange(LetterSheet.All.Select(l => new Campaign
        {
            Name = l.Name, Owner = "merchandiser@petshop.example", Kind = l.Kind, DelayHours = l.DelayHours, Subject = l.Subject, OtherSubject = l.OtherSubject, Body = l.Body.ReplaceLineEndings("\n"),
            ButtonLabel = l.Label, ButtonLink = l.Link, Rail = l.Rail, HoldoutPercent = l.HoldoutPercent, SegmentIds = Ids(l.For, ids), ExcludedSegmentIds = Ids(l.NotFor, ids), UpdatedAt = now, UpdatedBy = By,
        }));
        await db.SaveChangesAsync(cancel);
    }

    private static Banner Banner(CampaignSheet.DemoBanner b, Dictionary<string, int> ids, DateTimeOffset now) => new()
    {
        Name = b.Name, Title = b.Title, Text = b.Text, Illustration = b.Illustration, Hue = b.Hue, LinkUrl = b.Link, LinkLabel = b.Label,
        Placement = Placement.Find(b.Placement)?.Key ?? throw new FormatException($"Demo banner '{b.Name}' names the placement '{b.Placement}', which is not there."),
        Priority = b.Priority, SegmentIds = Ids(b.For, ids), ExcludedSegmentIds = Ids(b.NotFor, ids), DailyCap = b.DailyCap, UpdatedAt = now,
    };

    private static int[] Ids(string slugs, Dictionary<string, int> ids) => [.. slugs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(slug => ids[slug])];
}
