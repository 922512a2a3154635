namespace PetShop.LocalPostgres;

/// <summary>Chooses the server programs: a configured folder, PATH, the usual install folders, the npm package.</summary>
internal sealed class PostgresFinder(LocalPostgresOptions options, ServerAccount account)
{
    private readonly List<string> _notes = [];

    private readonly PostgresPackage _package = new(
        options.CacheFolder ?? PostgresPackage.DefaultCacheFolder(), options.Log ?? (_ => { }));

    /// <summary>The first that will do, but rather one of a version that the data folder was made by.</summary>
    /// <param name="majorsWithData">Major versions that already keep data in the folder.</param>
    public async Task<PostgresPrograms> FindAsync(IReadOnlyCollection<int> majorsWithData, CancellationToken cancel)
    {
        PostgresPrograms? first = null;
        foreach (var folder in Candidates().Distinct())
        {
            if (await PostgresPrograms.TryAsync(folder, account, _notes, cancel) is not { } found)
                continue;
            if (majorsWithData.Count == 0 || majorsWithData.Contains(found.Major))
                return found;
            first ??= found;
        }
        return first ?? await FetchAsync(cancel) ?? throw LocalPostgresException.NoneFound(_notes);
    }

    private IEnumerable<string> Candidates()
    {
        if (options.BinFolder is { } configured)
            return [Path.GetFullPath(configured)];
        return [.. OnPath(), .. Usual(), .. Package()];
    }

    private List<string> OnPath()
    {
        if (!options.Sources.HasFlag(PostgresSources.Path))
            return [];
        var found = InstallFolders.OnPath().ToList();
        if (found.Count == 0)
            _notes.Add("PATH: no folder of it holds a postgres");
        return found;
    }

    private List<string> Usual()
    {
        if (!options.Sources.HasFlag(PostgresSources.InstallFolders))
            return [];
        var found = InstallFolders.Usual().ToList();
        if (found.Count == 0)
            _notes.Add("usual install folders: none is here");
        return found;
    }

    private IEnumerable<string> Package() =>
        options.Sources.HasFlag(PostgresSources.Package) && _package.IsCached ? [_package.BinFolder] : [];

    private async Task<PostgresPrograms?> FetchAsync(CancellationToken cancel) =>
        options.BinFolder is null && options.Sources.HasFlag(PostgresSources.Package)
        && !_package.IsCached && await _package.FetchAsync(_notes, cancel)
            ? await PostgresPrograms.TryAsync(_package.BinFolder, account, _notes, cancel)
            : null;
}
