namespace PetShop.Web.Commands;

/// <summary>Paths as the person at the keyboard means them: <c>dotnet run --project</c> moves to the project, the shell's PWD says where they are.</summary>
public static class UserPath
{
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("PWD") is { Length: > 0 } shell && Directory.Exists(shell) ? shell : Environment.CurrentDirectory;

    public static string? Resolve(string? path) => path is null ? null : Path.GetFullPath(path, Folder);
}
