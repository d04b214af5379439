using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Sessions.Gateway.Http2;

/// <summary>
/// The source of the HTTP/2 server's connections. They do not come from the network. The port's own server has accepted them and has seen
/// that they begin with HTTP/2's preface. It passes on the connection itself; no byte is copied.
/// </summary>
internal sealed class HandedOverConnections : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _waiting = Channel.CreateUnbounded<ConnectionContext>();

    public EndPoint EndPoint { get; } = new HandoverEndPoint();

    /// <summary>Passes a connection to the HTTP/2 server. Completes when that server has finished with it.</summary>
    public Task ServeAsync(ConnectionContext connection)
    {
        var handedOver = new HandedOverConnection(connection);
        if (_waiting.Writer.TryWrite(handedOver))
        {
            return handedOver.Served;
        }

        connection.Abort(new ConnectionAbortedException("The server is stopping."));
        return Task.CompletedTask;
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _waiting.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_waiting.Reader.TryRead(out var connection))
            {
                return connection;
            }
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _waiting.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private sealed class HandoverEndPoint : EndPoint
    {
        public override string ToString() => "handed over";
    }
}
