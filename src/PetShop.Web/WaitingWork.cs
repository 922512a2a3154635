namespace PetShop.Web;

/// <summary>Wakes the worker of this replica when work for it was just written down.</summary>
public class WorkSignal : IDisposable
{
    private readonly SemaphoreSlim _pending = new(0, 1);

    public void Raise()
    {
        try
        {
            _pending.Release();
        }
        catch (SemaphoreFullException)
        {
            // Raised already: one look finds everything that waits.
        }
    }

    internal Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _pending.WaitAsync(atMost, cancel);

    public void Dispose()
    {
        _pending.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>How long work that was refused waits for its next try.</summary>
public static class RetryPause
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Ten seconds after the first refusal, twice as long after each further one, an hour at most.</summary>
    public static TimeSpan After(int attempts) => TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, 5 * Math.Pow(2, Math.Min(attempts, 20))));
}
