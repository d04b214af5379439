using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Orleans.Sessions.Testing;

/// <summary>Free TCP ports on this machine, none given out twice by this process.</summary>
public static class Ports
{
    private static readonly ConcurrentDictionary<int, bool> s_given = new();

    /// <summary>A free port.</summary>
    public static int Next()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (s_given.TryAdd(port, true))
            {
                return port;
            }
        }
    }
}
