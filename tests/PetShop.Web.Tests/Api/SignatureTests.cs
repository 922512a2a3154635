using System.Net;
using System.Text;
using PetShop.Web.Api.Webhooks;

namespace PetShop.Web.Tests.Api;

public sealed class SignatureTests
{
    /// <summary>The vector of the specification's own libraries.</summary>
    [Fact]
    public void The_signature_is_that_of_the_specification() => Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));

    [Fact]
    public void A_secret_holds_256_bits_and_two_secrets_give_two_signatures()
    {
        var (one, other) = (WebhookSignature.NewSecret(), WebhookSignature.NewSecret());
        Assert.NotEqual(one, other);
        Assert.Equal(32, Convert.FromBase64String(one["whsec_".Length..]).Length);
        var both = WebhookSignature.Of([one, other], "msg_1", 1, [1, 2]);
        Assert.Equal($"{WebhookSignature.Of([one], "msg_1", 1, [1, 2])} {WebhookSignature.Of([other], "msg_1", 1, [1, 2])}", both);
        Assert.NotEqual(both, WebhookSignature.Of([one, other], "msg_1", 1, [1, 3]));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2a00:1450:4001:80b::200e", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:7f00:1::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("ff02::1", false)]
    public void An_address_inside_a_network_of_its_own_is_told_from_one_of_the_world(string address, bool isPublic) =>
        Assert.Equal(isPublic, WebhookAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://example.com/hook", null)]
    [InlineData("http://example.com/hook", "https only")]
    [InlineData("ftp://example.com/hook", "no web address")]
    [InlineData("hook", "no web address")]
    [InlineData("https://me:secret@example.com/hook", "password")]
    [InlineData("https://localhost/hook", "network of its own")]
    [InlineData("https://10.0.0.1/hook", "network of its own")]
    [InlineData("https://[::1]:8443/hook", "network of its own")]
    [InlineData("https://2130706433/hook", "network of its own")]
    public void An_address_that_no_message_may_go_to_is_refused_at_once(string url, string? cause) =>
        Assert.True(WebhookAddress.Wrong(url, new WebhookOptions()) is var fault && (cause is null ? fault is null : fault!.Cause.Contains(cause, StringComparison.Ordinal)), $"{url}: {fault}");

    [Fact]
    public void Waits_double_stay_within_a_fifth_and_end_with_the_day()
    {
        var (options, start) = (new WebhookOptions(), DateTimeOffset.UnixEpoch);
        Assert.Equal(TimeSpan.FromSeconds(8), WebhookRetry.Next(options, 1, start, start, null, 0) - start);
        Assert.Equal(TimeSpan.FromSeconds(20), WebhookRetry.Next(options, 2, start, start, null, 0.5) - start);
        Assert.Equal(TimeSpan.FromMinutes(2), WebhookRetry.Next(options, 1, start, start, TimeSpan.FromMinutes(2), 0.5) - start);
        var (now, attempts) = (start, 1);
        for (; WebhookRetry.Next(options, attempts, start, now, null, 0.99) is { } next; attempts++, now = next)
            Assert.InRange(next - now, TimeSpan.FromTicks(1), options.LongestRetry * 1.2);
        Assert.Equal(start + TimeSpan.FromHours(24), now);
        Assert.InRange(attempts, 10, 25);
    }
}
