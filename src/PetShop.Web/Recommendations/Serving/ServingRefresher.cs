using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Npgsql;
using PetShop.Web.Database;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations.Serving;

/// <summary>Keeps <see cref="ModelHolder"/> up to date: reads everything at start, then what a notification names, and the catalogue now and then regardless.</summary>
public sealed partial class ServingRefresher(
    NpgsqlDataSource source, ModelHolder holder, ModelStore models, HouseholdPets pets, TimeProvider clock, IOptions<RecommendationOptions> options,
    ILogger<ServingRefresher> logger)
    : AnnouncementListener(source, clock, logger, "models and products", "petshop_models", "petshop_catalogue", VisitorNews.Channel)
{
    private readonly ILogger _logger = logger;
    private readonly SemaphoreSlim _rulesTurn = new(1, 1);
    private readonly Channel<string> _news = Channel.CreateUnbounded<string>(new() { SingleReader = true });

    protected override async Task AttendAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        pets.ForgetAll();
        await ReadAllAsync(cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var ears = WaitAsync(connection, stop.Token);
        var hands = WorkAsync(stop.Token);
        var first = await Task.WhenAny(ears, hands);
        await stop.CancelAsync();
        await Task.WhenAll(ears, hands).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    /// <summary>Reads the catalogue, the neighbours, the merchandisers' rules and the serving model; tests and commands may call it, too.</summary>
    public async Task ReadAllAsync(CancellationToken cancel)
    {
        await ReadCatalogueAsync(cancel);
        holder.Swap(await NeighbourLists.ReadAsync(Source, cancel));
        await ReadVisitsAsync(cancel);
        await ReadRulesAsync(cancel);
        await ReadModelAsync(cancel);
    }

    /// <summary>Reads the merchandisers' rules. Readings take turns: one that began before an edit must not take the place of one that began after it.</summary>
    public async Task ReadRulesAsync(CancellationToken cancel)
    {
        await _rulesTurn.WaitAsync(cancel);
        try { holder.Swap(await ShelfRules.ReadAsync(Source, cancel)); }
        finally { _rulesTurn.Release(); }
    }

    public async Task ReadCatalogueAsync(CancellationToken cancel) => holder.Swap(await CatalogueReader.ReadAsync(Source, cancel));

    public override void Dispose()
    {
        _rulesTurn.Dispose();
        base.Dispose();
    }

    protected override void Hear(string channel, string payload)
    {
        if (channel == VisitorNews.Channel && VisitorNews.Parse(payload) is { } news)
            pets.Forget(news.Id);
        else
            _news.Writer.TryWrite(channel == "petshop_catalogue" ? "catalogue" : payload);
    }

    private static async Task WaitAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        while (true)
            await connection.WaitAsync(cancel);
    }

    private async Task WorkAsync(CancellationToken cancel)
    {
        var catalogueRead = Clock.GetTimestamp();
        while (true)
        {
            var news = await NextNewsAsync(cancel);
            if (news.Contains(TrainedNews.Models))
                await ReadModelAsync(cancel);
            if (news.Contains(TrainedNews.Visits))
                await ReadVisitsAsync(cancel);
            if (news.Contains(TrainedNews.Neighbours))
                holder.Swap(await NeighbourLists.ReadAsync(Source, cancel));
            if (news.Contains(TrainedNews.Rules))
                await ReadRulesAsync(cancel);
            if (news.Count > 0 && !news.Contains("catalogue") && !news.Contains(TrainedNews.Stats))
                continue;
            // Many small changes in a row are read once.
            if (options.Value.CataloguePause - Clock.GetElapsedTime(catalogueRead) is { Ticks: > 0 } pause)
                await Task.Delay(pause, Clock, cancel);
            await ReadCatalogueAsync(cancel);
            catalogueRead = Clock.GetTimestamp();
        }
    }

    // Empty when nothing was heard for the time after which the catalogue is read anyway.
    private async Task<HashSet<string>> NextNewsAsync(CancellationToken cancel)
    {
        HashSet<string> news = [];
        using var patience = new CancellationTokenSource(options.Value.CatalogueEvery, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            await _news.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return news;
        }
        while (_news.Reader.TryRead(out var one))
            news.Add(one);
        return news;
    }

    /// <summary>Takes the serving version; when it is damaged the one in memory stays or, when there is none, the newest sound version steps in.</summary>
    public async Task ReadModelAsync(CancellationToken cancel)
    {
        // While one version takes another's place there may be none for a moment; the one in memory goes on.
        if (await models.ServingAsync(cancel) is not { } serving)
            return;
        if (holder.Current.Model?.Version == serving.Version)
        {
            holder.Complaint = null;
            return;
        }
        if (await TryTakeAsync(serving.Version, cancel))
            return;
        if (holder.Current.Model is not null)
            return;
        foreach (var version in await models.FallbacksAsync(cancel))
            if (await TryTakeAsync(version, cancel))
                return;
    }

    private async Task<bool> TryTakeAsync(int version, CancellationToken cancel)
    {
        try
        {
            var model = await models.LoadAsync(version, cancel);
            holder.Swap(model);
            LogTaken(model.Version, model.Trainer, model.Model.Items.Count);
            if ((await models.ServingAsync(cancel))?.Version == version)
                holder.Complaint = null;
            return true;
        }
        catch (InvalidDataException e)
        {
            LogDamaged(version, holder.Current.Model?.Version, e.Message);
            await models.NoteAsync(version, $"Could not be loaded: {e.Message}", cancel);
            holder.Complaint = $"Model {version} could not be loaded: {e.Message}";
            return false;
        }
    }

    // Damaged visits leave the ones in memory as they are: their rails have others to stand in for them.
    private async Task ReadVisitsAsync(CancellationToken cancel)
    {
        try
        {
            holder.Swap(await SessionLookup.ReadAsync(Source, cancel));
        }
        catch (InvalidDataException e)
        {
            LogVisitsDamaged(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "The saved visits were refused: {Reason}")]
    private partial void LogVisitsDamaged(string reason);

    [LoggerMessage(LogLevel.Information, "Model {Version} ({Trainer}, {ProductCount} products) is in service")]
    private partial void LogTaken(int version, string trainer, int productCount);

    [LoggerMessage(LogLevel.Error, "Model {Version} was refused and {Kept} stays in service: {Reason}")]
    private partial void LogDamaged(int version, int? kept, string reason);
}

/// <summary>What is announced on the channel petshop_models.</summary>
public static class TrainedNews
{
    /// <summary>The payload of the table's own trigger.</summary>
    public const string Models = "recommender_models";
    /// <summary>The payload of the table's own trigger.</summary>
    public const string Visits = "session_logs";
    public const string Neighbours = "product_neighbours";
    public const string Stats = "product_stats";
    /// <summary>The payload of the trigger on merchandisers' rules.</summary>
    public const string Rules = "merchandising_rules";
}
