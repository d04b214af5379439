using Orleans.Sessions.Egress;

namespace Orleans.Sessions.Notifications.Senders;

/// <summary>The HTTP client of the senders; an answer may take at most five seconds.</summary>
internal sealed class SenderHttp(EgressHttp egress) : IDisposable
{
    private const int MaxResponse = 64 * 1024;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    /// <summary>The client.</summary>
    public HttpClient Client { get; } = egress.Create(s_timeout, MaxResponse);

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
