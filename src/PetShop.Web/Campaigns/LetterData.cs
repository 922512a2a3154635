using Microsoft.EntityFrameworkCore;
using PetShop.Data;
using PetShop.Data.Campaigns;
using PetShop.Targeting.Messages;
using PetShop.Web.Privacy;

namespace PetShop.Web.Campaigns;

/// <summary>The letters a person got, and those they did not get with the reason, for the download of their data; they go with the account.</summary>
internal static class LetterData
{
    public static PersonalDataSource Source { get; } = new("letters", async (services, subject, cancel) =>
    {
        if (subject.ShopperId is not { } shopper)
            return [];
        var db = services.GetRequiredService<PetShopDb>();
        var letters = await db.CampaignRecipients.AsNoTracking().Where(r => r.ShopperId == shopper).Join(db.Campaigns, r => r.CampaignId, c => c.Id, (r, c) => new { Row = r, c.Name, c.Subject, c.OtherSubject })
            .OrderBy(l => l.Row.DueAt).ToListAsync(cancel);
        return [.. letters.Select(l => new PersonalDataRow
        {
            ["letter"] = l.Row.Arm == LetterLinks.SecondSubject ? l.OtherSubject : l.Subject, ["called"] = l.Name, ["due_at"] = l.Row.DueAt, ["what_became_of_it"] = Say(l.Row), ["decided_at"] = l.Row.DecidedAt,
            ["sent_at"] = l.Row.SentAt, ["you_ended_letters_with_it_at"] = l.Row.UnsubscribedAt,
        })];
    });

    private static string Say(CampaignRecipient row) => row.State switch
    {
        LetterState.Waiting => "not written yet",
        LetterState.Queued or LetterState.HandingOver => "on its way",
        LetterState.Sent => "sent",
        LetterState.HeldOut => "not sent: chosen by lot to get none, to find out what the letter brings",
        _ => $"not sent: {LetterWords.Say((LeaveOut)row.Reason)}",
    };
}

/// <summary>Reasons as people read them.</summary>
public static class LetterWords
{
    public static string Say(LeaveOut reason) => reason switch
    {
        LeaveOut.NoAddress => "no confirmed address",
        LeaveOut.Minor => "under 18, or perhaps so",
        LeaveOut.Suppressed => "on the list of those never written to",
        LeaveOut.NotAgreed => "did not agree to letters, or took it back",
        LeaveOut.LeftSegment => "no longer in the segment",
        LeaveOut.Capped => "had another letter shortly before",
        LeaveOut.TooLate => "its time was long past",
        LeaveOut.Stopped => "the campaign was stopped",
        LeaveOut.Unsure => "interrupted while it was handed over, and not offered twice",
        LeaveOut.NotTaken => "no mail server took it",
        _ => "nothing speaks against it",
    };
}
