using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Orleans.Sessions.Gateway.Http2;

/// <summary>Limits for connections; configuration section <c>Sessions:Http</c>.</summary>
public sealed class HttpServerOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Http";

    /// <summary>How many connections there may be at once. 0: any number.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>
    /// How long a connection may wait for its next request: up to 1 hour. It must be longer than a proxy in front keeps the connection, or
    /// that proxy sends requests into closing connections.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>How long the headers of a request, or in cleartext its first byte, may take: up to 1 hour.</summary>
    public TimeSpan RequestHeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The number of bytes per second that a client must send of a request body, and read of an answer, after the first five seconds. The
    /// server closes slower connections. <c>0</c> means no limit. Default 2048.
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
