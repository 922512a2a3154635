namespace PetShop.Web.Api.Webhooks;

/// <summary>When a message that did not arrive is sent again.</summary>
public static class WebhookRetry
{
    /// <summary>The next attempt: the wait doubles from time to time, varied by a fifth, so that a receiver that comes back is not met by all at once; the last attempt is at the end of the time.</summary>
    /// <param name="attempts">Made so far, at least one.</param>
    /// <param name="chance">From 0 to below 1.</param>
    /// <returns>Null when its time is over.</returns>
    public static DateTimeOffset? Next(WebhookOptions options, int attempts, DateTimeOffset createdAt, DateTimeOffset now, TimeSpan? notBefore, double chance)
    {
        var end = createdAt + options.GiveUpAfter;
        if (now >= end)
            return null;
        var wait = options.FirstRetry * Math.Pow(2, Math.Min(attempts - 1, 30));
        wait = (wait < options.LongestRetry ? wait : options.LongestRetry) * (0.8 + 0.4 * chance);
        if (notBefore is { } asked && asked > wait)
            wait = asked < options.LongestRetry ? asked : options.LongestRetry;
        return now + wait < end ? now + wait : end;
    }
}
