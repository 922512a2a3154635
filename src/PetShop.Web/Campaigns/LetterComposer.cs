using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using PetShop.Data.Campaigns;
using PetShop.Data.Mail;
using PetShop.Targeting.Messages;
using PetShop.Targeting.Segments;
using PetShop.Web.Accounts;
using PetShop.Web.Catalog;
using PetShop.Web.Mail;
using PetShop.Web.Recommendations;

namespace PetShop.Web.Campaigns;

/// <summary>Who a letter is written to.</summary>
/// <param name="MayPersonalise">Whether pets and products may be chosen by what is known of them.</param>
/// <param name="AgreedAt">When they agreed to letters; null where no receipt tells.</param>
public sealed record LetterReader(Guid Id, string Email, string FirstName, string LastName, bool MayPersonalise, IReadOnlyList<string> Pets, DateTimeOffset? AgreedAt);

/// <summary>A segment as the letter's last lines name it.</summary>
/// <param name="Sentence">Its rule in plain English.</param>
public sealed record LetterGround(string Name, string Sentence);

/// <summary>Writes the letter of a campaign to one reader.</summary>
public sealed class LetterComposer(AccountLinks links, ShopAddress address, IOptions<ShopOptions> shop)
{
    private const int LongestReason = 220;

    /// <param name="body">Of the campaign, read once for all readers.</param>
    /// <param name="rail">Products for this reader; null for none.</param>
    /// <param name="grounds">The campaign's segments that hold them; none for a letter to everyone.</param>
    public OutgoingMail Compose(Campaign campaign, LetterMarkdown body, string arm, LetterReader reader, Rail? rail, IReadOnlyList<LetterGround> grounds, DateTimeOffset now)
    {
        var to = new LetterLinks(address.Root(campaign.RootUrl), campaign.Id, arm);
        string Fill(string words) => LetterGaps.Fill(words, key => key switch
        {
            "name" => reader.FirstName,
            "pets" when reader.MayPersonalise => LetterGaps.Together(reader.Pets),
            _ => null,
        });
        var unsubscribe = to.Plain(links.Unsubscribe(reader.Id) + string.Create(CultureInfo.InvariantCulture, $"?c={campaign.Id}"));
        var (text, html) = body.Write(Fill, to.To);
        var draft = new LetterDraft(shop.Value.Name, Fill(arm == LetterLinks.SecondSubject ? campaign.OtherSubject ?? campaign.Subject : campaign.Subject)).Add(text, html);
        if (rail is { Cards.Count: > 0 })
            AddRail(draft, rail, to, now);
        if (campaign.ButtonLabel.Length > 0)
            draft.Button(Fill(campaign.ButtonLabel), new(to.To(campaign.ButtonLink)));
        AddFooter(draft, reader, grounds, rail is not null, to, unsubscribe);
        var mail = draft.To(reader.Email, $"{reader.FirstName} {reader.LastName}".Trim(), now, new(unsubscribe));
        (mail.CampaignId, mail.ShopperId) = (campaign.Id, reader.Id);
        return mail;
    }

    // Words alone: a picture that the mail program fetches would tell who opened the letter.
    private static void AddRail(LetterDraft draft, Rail rail, LetterLinks to, DateTimeOffset now)
    {
        var text = new StringBuilder().Append(rail.Title).Append('\n');
        var html = new StringBuilder("<h2 style=\"font:600 19px/1.3 Fraunces,Georgia,serif;margin:24px 0 8px\">").Append(Encode(rail.Title))
            .Append("</h2><table role=\"presentation\" style=\"width:100%;border-collapse:collapse;margin:0 0 8px\">");
        foreach (var card in rail.Cards)
        {
            var (link, price, why) = (to.To($"/products/{card.Slug}"), Money.Format(card.PriceMinor), card.Why ?? card.Explanation ?? rail.Why);
            var pack = card.PackLabel is { } label ? $"{label}, " : "";
            text.Append("- ").Append(card.Name).Append(", ").Append(pack).Append(price).Append("\n  ").Append(why).Append("\n  ").Append(link).Append('\n');
            html.Append("<tr><td style=\"padding:10px 0;border-bottom:1px solid #e2ddd0\"><a href=\"").Append(Encode(link)).Append("\" style=\"color:#1d5c54;font-weight:bold\">").Append(Encode(card.Name))
                .Append("</a><br><span style=\"color:#5a6664;font-size:14px\">").Append(Encode(why)).Append("</span></td><td style=\"padding:10px 0 10px 12px;border-bottom:1px solid #e2ddd0;text-align:right;white-space:nowrap;vertical-align:top\">")
                .Append(Encode(price)).Append(card.PackLabel is { } size ? $"<br><span style=\"color:#5a6664;font-size:14px\">{Encode(size)}</span>" : "").Append("</td></tr>");
        }
        var note = $"Prices of {now.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}. Chosen for you and your pets from what you did in the shop, because you agreed to personal choice of products.";
        draft.Add(text.Append('\n').Append(note).Append("\n\n").ToString(), html.Append("</table>").Append(Small(Encode(note))).ToString());
    }

    private void AddFooter(LetterDraft draft, LetterReader reader, IReadOnlyList<LetterGround> grounds, bool hasRail, LetterLinks to, string unsubscribe)
    {
        var agreed = reader.AgreedAt is { } at ? $"you agreed to letters by e-mail on {TimeZoneInfo.ConvertTime(at, shop.Value.Zone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}" : "you agreed to letters by e-mail";
        var why = $"You get this letter because {agreed}{(grounds.Count == 0 ? "." : $" and belong to {string.Join(", and to ", grounds.Select(Say))}.")}";
        const string NoPixel = "It holds no picture and nothing that tells us whether you opened it. Links to the shop say that you came from this letter, not who you are; visits are counted only if you agreed to statistics.";
        var (privacy, facts) = (to.Plain("/privacy"), to.Plain("/privacy/facts"));
        var chosen = hasRail || grounds.Count > 0 ? $"What groups and choices rest on: {facts}\n" : "";
        draft.Add($"--\n{why}\n{NoPixel}\nNo more letters: {unsubscribe}\nWhat you agreed to, and how to change it: {privacy}\n{chosen}\n",
            $"<hr style=\"border:0;border-top:1px solid #e2ddd0;margin:24px 0 16px\">{Small(Encode(why))}{Small(Encode(NoPixel))}"
            + Small($"{Anchor(unsubscribe, "No more letters")} · {Anchor(privacy, "What you agreed to")}{(chosen.Length > 0 ? $" · {Anchor(facts, "What groups and choices rest on")}" : "")}"));
    }

    private static string Say(LetterGround ground)
    {
        var sentence = ground.Sentence.TrimEnd('.');
        return sentence.Length > LongestReason ? $"the group “{ground.Name}”, whose rule stands in the download of your data" : $"the group “{ground.Name}” ({char.ToLowerInvariant(sentence[0])}{sentence[1..]})";
    }

    private static string Small(string html) => $"<p style=\"margin:0 0 8px;font-size:13px;color:#5a6664\">{html}</p>";

    private static string Anchor(string target, string words) => $"<a href=\"{Encode(target)}\" style=\"color:#1d5c54\">{Encode(words)}</a>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
