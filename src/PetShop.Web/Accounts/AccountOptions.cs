using System.ComponentModel.DataAnnotations;

namespace PetShop.Web.Accounts;

/// <summary>How patient the shop is with passwords and mails: section <c>Accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>Posts to sign-in, registration and password pages that one network address may make in <see cref="PostWindow"/>.</summary>
    [Range(1, 1_000_000)] public int PostsPerAddress { get; init; } = 30;

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan PostWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Mails about registration or a lost password that one mail address may get in an hour.</summary>
    [Range(1, 1000)] public int MailsPerHour { get; init; } = 5;

    /// <summary>Wrong passwords in a row that pause an account.</summary>
    [Range(3, 100)] public int FailuresBeforePause { get; init; } = 5;

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a link in a mail may be used.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")] public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromHours(3);
}
