using System.Net.Sockets;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>
/// 5,000 connections that say nothing. They come within some seconds; the service closes them, and who is closed comes again.
/// </summary>
internal sealed class SilentConnections : Storm
{
    private const int Connections = 5000;

    private static readonly TimeSpan s_comeWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_lasts = TimeSpan.FromSeconds(35);

    /// <summary>The time for headers, and what the service may take to notice.</summary>
    private static readonly TimeSpan s_closedWithin = TimeSpan.FromSeconds(15 + 10);

    private int _closed;

    public override string Name => "silent-connections";

    public override async Task RageAsync(StormScene scene)
    {
        var until = scene.Now + s_lasts;
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async i =>
                {
                    await scene.WaitAsync(s_comeWithin * i / Connections);
                    await StaySilentAsync(scene, until);
                })
        );
        scene.Log($"{_closed} connections were closed");
    }

    private async Task StaySilentAsync(StormScene scene, TimeSpan until)
    {
        while (scene.Now < until)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(scene.End);
            patience.CancelAfter(s_closedWithin);
            var address = scene.Site.Node.Address;
            scene.Count(1);
            try
            {
                await socket.ConnectAsync(address.Host, address.Port, patience.Token);
                await socket.ReceiveAsync(new byte[1], patience.Token);
                Interlocked.Increment(ref _closed);
            }
            catch (SocketException)
            {
                // Closed all the same.
                Interlocked.Increment(ref _closed);
            }
            catch (OperationCanceledException) when (!scene.End.IsCancellationRequested)
            {
                scene.Wrong(Wrong.NotServing, Name, "a connection that said nothing was not closed");
            }
        }
    }
}
