using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Orleans.Sessions.Gateway.Http2;

/// <summary>Limits for connections; configuration section <c>Sessions:Http</c>.</summary>
public sealed class HttpServerOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Http";

    /// <summary>
    /// How much of an answer the operating system keeps for a client that does not read, in bytes; Linux doubles it. By itself, Linux would
    /// keep megabytes. The server counts them as read, so it would tolerate such a client for 20 minutes.
    /// </summary>
    private const int SendBuffer = 64 * 1024;

    /// <summary>How many connections there may be at once. 0: any number.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>
    /// How long a connection may wait for its next request: up to 1 hour. It must be longer than a proxy in front keeps the connection, or
    /// that proxy sends requests into closing connections.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>How long the headers of a request, or in cleartext its first bytes, may take: up to 1 hour.</summary>
    public TimeSpan RequestHeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The number of bytes per second that a client must send of a request body, and read of an answer, after the first five seconds. The
    /// server closes slower connections. What the buffers of a connection hold, some 200 KB, counts as read: with the default, a client
    /// that reads nothing may stay for two minutes. <c>0</c> means no limit.
    /// </summary>
    public int MinBytesPerSecond { get; set; } = 2048;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxConnections < 0)
        {
            yield return new ValidationResult(
                $"{Section}:MaxConnections must be 0 or more, not {MaxConnections}.",
                [nameof(MaxConnections)]
            );
        }

        if (MinBytesPerSecond < 0)
        {
            yield return new ValidationResult(
                $"{Section}:MinBytesPerSecond must be 0 or more, not {MinBytesPerSecond}.",
                [nameof(MinBytesPerSecond)]
            );
        }

        foreach (
            var (key, value) in new[]
            {
                (nameof(KeepAliveTimeout), KeepAliveTimeout),
                (nameof(RequestHeadersTimeout), RequestHeadersTimeout),
            }
        )
        {
            if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromHours(1))
            {
                yield return new ValidationResult($"{Section}:{key} must be 1 second to 1 hour, not {value}.", [key]);
            }
        }
    }

    /// <summary>Bounds the buffers of the connections. A connection gets the buffer of the socket that accepts it.</summary>
    internal static void ApplyTo(SocketTransportOptions sockets) =>
        sockets.CreateBoundListenSocket = endpoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            if (socket.ProtocolType == ProtocolType.Tcp)
            {
                socket.SendBufferSize = SendBuffer;
            }

            return socket;
        };

    /// <summary>Applies the options to the server's limits.</summary>
    internal void ApplyTo(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = MaxConnections == 0 ? null : MaxConnections;
        limits.KeepAliveTimeout = KeepAliveTimeout;
        limits.RequestHeadersTimeout = RequestHeadersTimeout;
        limits.MinRequestBodyDataRate = limits.MinResponseDataRate =
            MinBytesPerSecond == 0 ? null : new MinDataRate(MinBytesPerSecond, TimeSpan.FromSeconds(5));
    }
}
