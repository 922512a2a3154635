namespace PetShop.LocalPostgres;

/// <summary>Lets one process at a time start, join or stop the server of a folder; the system frees it when its holder dies.</summary>
internal static class StartLock
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<FileStream> TakeAsync(string path, CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < Limit)
            {
                await Task.Delay(Pause, cancel);
            }
            catch (IOException e)
            {
                throw new LocalPostgresException($"Another process has held '{path}' for {Limit.TotalMinutes:0} minutes. End it, or remove the file.", e);
            }
        }
    }
}
