using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PetShop.LocalPostgres;

/// <summary>Free ports of the loopback address.</summary>
internal static class Ports
{
    public static int SameOrFree(string lastPortFile) =>
        File.Exists(lastPortFile) && int.TryParse(File.ReadAllText(lastPortFile), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var last)
        && TryBind(last) is { } same ? same : Free();

    public static int Free() => TryBind(0)!.Value;

    private static int? TryBind(int port)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return ((IPEndPoint)listener.LocalEndPoint!).Port;
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
