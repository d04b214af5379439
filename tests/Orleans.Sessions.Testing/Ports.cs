using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Orleans.Sessions.Testing;

/// <summary>
/// Free TCP ports of this machine. This process uses each port only once. The ports are below the range from which systems take the ports
/// of outgoing connections; an outgoing connection could otherwise occupy a port between the check and its use.
/// </summary>
public static class Ports
{
    private const int First = 10_000;
    private const int Last = 32_000;

    private static readonly ConcurrentDictionary<int, bool> s_given = new();

    /// <summary>A free port.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (IsFree(port) && s_given.TryAdd(port, true))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
