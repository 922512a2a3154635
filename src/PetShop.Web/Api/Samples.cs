using System.Text.Json.Nodes;

namespace PetShop.Web.Api;

/// <summary>Examples of what is sent and answered; tests send them and hold the answers against them.</summary>
public static class Samples
{
    private const string Rule = """{"v":1,"all":[{"attr":"pet.any","where":{"attr":"species","op":"is","value":"dog"}},{"event":"purchased","count":{"op":">=","value":2},"within":{"last":180,"unit":"calendar_day"}}]}""";
    private const string Sentence = "Visitors who have a pet whose species is dog, and who bought something at least 2 times in the last 180 calendar days.";
    private const string Shopper = "01989f5e-7c2a-7d10-9a53-0c6a4f6f2b11";

    public const string Segment = $$"""
        {"key":"loyal-dog-homes","name":"Loyal dog homes","description":"For the autumn letter","owner":"Mara","purpose":"mail","reviewBy":"2027-03-01","isActive":true,"version":3,"rule":{{Rule}},"sentence":"{{Sentence}}",
         "startsAt":null,"endsAt":null,"memberCount":1312,"countedAt":"2026-11-22T08:00:10Z","updatedAt":"2026-11-22T08:00:09Z"}
        """;

    public const string SegmentPage = $$"""{"items":[{{Segment}}],"next":"bG95YWwtZG9nLWhvbWVz","hasMore":true}""";
    public const string NewSegment = $$"""{"key":"loyal-dog-homes","name":"Loyal dog homes","description":"For the autumn letter","owner":"Mara","purpose":"mail","reviewBy":"2027-03-01","rule":{{Rule}}}""";
    public const string SegmentEdit = $$"""{"name":"Loyal dog homes","description":"For the winter letter","isActive":true,"rule":{{Rule}}}""";
    public const string RuleToPreview = $$"""{"rule":{{Rule}}}""";

    public const string RulePreview = $$"""
        {"sentence":"{{Sentence}}","count":1312,"shoppers":20480,
         "funnel":[{"clause":"All shoppers","left":20480},{"clause":"Visitors who have a pet whose species is dog.","left":8121},{"clause":"Visitors who bought something at least 2 times in the last 180 calendar days.","left":1312}],
         "hints":["Uses personal data; 38 % have not agreed and are left out."],"adds":null,"removes":null}
        """;

    public const string MemberPage = $$"""{"items":[{"shopperId":"{{Shopper}}","mayBeEmailed":true}],"next":"MDE5ODlmNWU","hasMore":true}""";

    public const string Membership = $$"""
        {"shopperId":"{{Shopper}}","segment":"loyal-dog-homes","isMember":false,"since":"2026-11-20T06:12:44Z","cause":"clock",
         "why":{"needed":"{{Sentence}}","actual":"","passes":false,"flipsAt":null,"parts":[
           {"needed":"who agreed to personalisation","actual":"agreed","passes":true,"flipsAt":null,"parts":[]},
           {"needed":"all of these","actual":"","passes":false,"flipsAt":null,"parts":[
             {"needed":"who have a pet whose species is dog","actual":"1 of 1 pets","passes":true,"flipsAt":null,"parts":[]},
             {"needed":"who bought something at least 2 times in the last 180 calendar days","actual":"1","passes":false,"flipsAt":null,"parts":[]}]}]},
         "obstacles":[{"needed":"who bought something at least 2 times in the last 180 calendar days","actual":"1","passes":false,"flipsAt":null,"parts":[]}]}
        """;

    public const string ShopperSegments = $$"""{"shopperId":"{{Shopper}}","segments":[{"key":"loyal-dog-homes","name":"Loyal dog homes","since":"2026-10-02T14:03:00Z"}]}""";

    public const string VisitorQuestion = """
        {"consents":["personalisation"],"device":"phone","country":"NL","referrer":"www.google.com","hour":18,
         "pets":[{"species":"dog","bornOn":"2026-08-01","adultWeightG":28000}],"placements":["home-hero"]}
        """;

    public const string VisitorAnswer = """
        {"at":"2026-11-22T17:00:00Z","consents":["personalisation"],"memberships":[{"key":"puppy-homes","name":"Puppy homes"}],
         "banners":[{"placement":"home-hero","shown":{"id":4,"title":"The first weeks","text":"What a puppy needs, and what it does not.","illustration":"hero-dog","link":"/dog/puppy","linkLabel":"See the list"},
           "considered":[{"banner":4,"why":"Shown."},{"banner":9,"why":"The visitor is in none of its segments (cat-homes)."}]}],
         "prices":[{"id":2,"reason":"several pets live with you","kind":"percent","size":80,"until":null}],"reasons":null}
        """;

    private const string Transition = $$"""{"id":90211,"shopperId":"{{Shopper}}","segment":"loyal-dog-homes","segmentVersion":3,"change":"entered","cause":"event","at":"2026-11-22T08:14:30Z"}""";
    public const string TransitionPage = $$"""{"items":[{{Transition}}],"next":"OTAyMTE","hasMore":false}""";

    public const string WebhookEdit = """{"name":"Letters","url":"https://example.com/hooks/petshop","segments":[],"onEntry":true,"onExit":false}""";
    public const string Webhook = """{"id":7,"name":"Letters","url":"https://example.com/hooks/petshop","segments":[],"onEntry":true,"onExit":false,"isActive":true,"failingSince":null,"disabledBecause":null,"createdAt":"2026-11-22T08:20:00Z"}""";
    public const string Webhooks = $"[{Webhook}]";
    public const string WebhookWithSecret = $$"""{"webhook":{{Webhook}},"secret":"whsec_c2hvd24gb25jZSwga2VwdCBieSB5b3UgYWxvbmU=","formerUntil":null}""";

    public const string Delivery = """
        {"id":"0198a001-52b0-7b6c-8f0e-6f4a5b1f2c3d","messageId":"msg_0198a00152b07b6c8f0e6f4a5b1f2c3d","state":"delivered","isTest":true,"transitions":0,"attempts":1,
         "createdAt":"2026-11-22T08:21:00Z","lastAttemptAt":"2026-11-22T08:21:00Z","nextAttemptAt":null,"answer":204,"problem":null}
        """;

    public const string DeliveryPage = $$"""{"items":[{{Delivery}}],"next":null,"hasMore":false}""";

    /// <summary>What a receiver is sent.</summary>
    public const string Message = $$$"""{"type":"segment.transitions","timestamp":"2026-11-22T08:14:30Z","data":{"transitions":[{{{Transition}}}]}}""";

    /// <summary>The same, laid out.</summary>
    public static string MessageForPeople { get; } = JsonNode.Parse(Message)!.ToJsonString(new() { WriteIndented = true });
}
