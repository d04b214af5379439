namespace Orleans.Sessions.Notifications.Senders;

/// <summary>The HTTP client of senders: connections follow changes of names, redirections are not followed, an answer takes five seconds at most.</summary>
public sealed class SenderHttp : IDisposable
{
    /// <summary>The client.</summary>
    internal HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 64 * 1024,
    };

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
