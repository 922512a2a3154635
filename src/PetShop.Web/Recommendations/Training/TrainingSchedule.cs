namespace PetShop.Web.Recommendations.Training;

/// <summary>When a training is due, however the clock may have been set meanwhile: moments that lie in the future delay nothing.</summary>
public static class TrainingSchedule
{
    /// <summary>Whether the last training began so lately that the next one must wait.</summary>
    public static bool IsTooSoon(DateTimeOffset now, DateTimeOffset? lastStart, TimeSpan notBefore) => lastStart is { } last && last <= now && now - last < notBefore;

    /// <summary>Whether the data of the model in service end so long ago, or so far in the future, that it should be trained again.</summary>
    public static bool IsOld(DateTimeOffset now, DateTimeOffset dataCutOff, TimeSpan after) => (now - dataCutOff).Duration() >= after;

    /// <summary>From when on events are new to the model in service.</summary>
    public static DateTimeOffset NewsSince(DateTimeOffset now, DateTimeOffset dataCutOff, TimeSpan after) => dataCutOff <= now ? dataCutOff : now - after;
}
