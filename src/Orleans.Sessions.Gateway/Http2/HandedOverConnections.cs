using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Sessions.Gateway.Http2;

/// <summary>
/// Where the HTTP/2 server gets its connections: not from the network but from the port's own server, which has accepted them and seen that they
/// begin with HTTP/2's preface. What is handed over is the connection itself; no byte is copied.
/// </summary>
internal sealed class HandedOverConnections : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _waiting = Channel.CreateUnbounded<ConnectionContext>();

    public EndPoint EndPoint { get; } = new HandoverEndPoint();

    /// <summary>Has a connection served; done when the other server is done with it.</summary>
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
