using System.Net.Sockets;
using Npgsql;

namespace PetShop.Web.Database;

/// <summary>Tells a database that does not answer from a fault of ours.</summary>
public static class DatabaseAway
{
    /// <summary>Has an answer say that a later try will do.</summary>
    public static void SayAway(this HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "30";
    }

    /// <summary>Whether anything in the chain of an error says that PostgreSQL could not be reached, was stopping or took too long.</summary>
    public static bool Explains(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            // Class 57 is a server that stops or starts, 53 one without room, 08 a broken connection.
            if (e is PostgresException { SqlState: var state })
                return state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal);
            if (e is NpgsqlException or SocketException or TimeoutException)
                return true;
        }
        return false;
    }
}
