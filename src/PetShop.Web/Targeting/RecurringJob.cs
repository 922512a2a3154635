using Microsoft.Extensions.Options;

namespace PetShop.Web.Targeting;

/// <summary>A background job that goes on round after round, whatever a round comes to, until the shop stops; none runs where <see cref="TargetingOptions.RunJobs"/> is off.</summary>
/// <param name="subject">What a round keeps fresh, for the log.</param>
/// <param name="every">Pause between the end of a round and the next.</param>
public abstract partial class RecurringJob(IOptions<TargetingOptions> options, TimeProvider clock, ILogger logger, string subject, TimeSpan every) : BackgroundService
{
    protected TargetingOptions Options { get; } = options.Value;

    protected TimeProvider Clock { get; } = clock;

    /// <summary>Until the next round.</summary>
    public virtual TimeSpan Pause => every;

    /// <summary>Does one round, unless another replica is at it.</summary>
    public abstract Task RunAsync(CancellationToken cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (Options.RunJobs && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(subject, e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Pause, Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not refresh {Subject}; the next round tries again: {Problem}")]
    private partial void LogFailed(string subject, string problem);
}
