using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Web.Privacy;

namespace PetShop.Web.Targeting.Lists;

/// <summary>The lists that name a person, for the download of their data; they go with the account.</summary>
internal static class ListData
{
    public static PersonalDataSource Source { get; } = new("lists", async (services, subject, cancel) =>
    {
        if (subject.ShopperId is not { } shopper)
            return [];
        var db = services.GetRequiredService<PetShopDb>();
        var lists = await db.ShopperListMembers.Where(m => m.ShopperId == shopper).Join(db.ShopperLists, m => m.ListId, l => l.Id, (_, l) => l).OrderBy(l => l.Name).ToListAsync(cancel);
        return [.. lists.Select(l => new PersonalDataRow { ["list"] = l.Name, ["what_it_is_for"] = l.Note, ["last_changed"] = l.UpdatedAt })];
    });
}
