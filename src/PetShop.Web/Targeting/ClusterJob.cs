using Microsoft.Extensions.Options;
using PetShop.Web.Database;

namespace PetShop.Web.Targeting;

/// <summary>Looks for groups of buyers when somebody asks; where jobs run, also soon after the start, once a day, and when much was bought since.</summary>
public sealed partial class ClusterJob(ClusterProposals proposals, JobLog jobs, IOptions<TargetingOptions> options, ILogger<ClusterJob> logger) : BackgroundService
{
    public const string JobName = "groups of buyers";

    // A start has other work to do first.
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = AfterStart;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var isAsked = await proposals.AskedAsync(pause, stoppingToken);
                pause = Pause;
                if (isAsked || options.Value.RunJobs && await proposals.IsDueAsync(stoppingToken))
                    LogDone(await jobs.RecordAsync(JobName, LookAsync, stoppingToken));
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<string> LookAsync(CancellationToken cancel)
    {
        var found = await proposals.RefreshAsync(cancel);
        return found.Clusters.Model is { } groups ? $"Found {groups.Count} groups among {found.Buyers:#,0} buyers." : found.Clusters.WhyNot!;
    }

    [LoggerMessage(LogLevel.Information, "Groups of buyers: {Detail}")]
    private partial void LogDone(string detail);

    [LoggerMessage(LogLevel.Warning, "Could not look for groups of buyers; the next round tries again: {Problem}")]
    private partial void LogFailed(string problem);
}
