namespace PetShop.LocalPostgres;

/// <summary>A local PostgreSQL could not be found, made or started; the message says what to do.</summary>
public sealed class LocalPostgresException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static LocalPostgresException NoneFound(IEnumerable<string> notes) => new(
        $"""
        No PostgreSQL {PostgresPrograms.OldestMajor} or newer could be found or fetched.
        {string.Join(Environment.NewLine, notes.Select(note => "  - " + note))}
        Any one of these mends it:
          1. Install PostgreSQL {PostgresPrograms.OldestMajor} or newer with its contrib extensions (Debian: apt-get install postgresql; macOS: brew install postgresql).
          2. Start the one that comes with the shop: docker compose up -d db, then use the connection string from docker-compose.yml.
          3. Point the shop at a server you have: set ConnectionStrings__PetShop, for example
             ConnectionStrings__PetShop="Host=localhost;Database=petshop;Username=petshop;Password=...".
        """);
}
