using System.Net.Sockets;
using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Load;

/// <summary>The clients' connections to the nodes. If a node does not serve, a client tries the next one at once.</summary>
public sealed class Nodes : IDisposable
{
    /// <summary>How long a client waits for one node.</summary>
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_pauseAfterRound = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<Node> _nodes;
    private readonly HttpClient _client;
    private readonly Action<Answer, Request> _watch;

    /// <param name="nodes">All nodes.</param>
    /// <param name="watch">Receives every answer.</param>
    public Nodes(IReadOnlyList<Node> nodes, Action<Answer, Request> watch)
    {
        (_nodes, _watch) = (nodes, watch);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(1) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public int Count => _nodes.Count;

    /// <summary>Sends a request to one node.</summary>
    public async Task<Answer> AskAsync(int node, Request request, TimeSpan? patience = null)
    {
        var (name, address) = (_nodes[node].Name, _nodes[node].Address);
        using var end = new CancellationTokenSource(patience ?? s_attempt);
        Answer answer;
        try
        {
            using var message = request.Message(address);
            using var response = await _client.SendAsync(message, end.Token);
            var location = response.Headers.Location?.OriginalString;
            answer = new Answer((int)response.StatusCode, location ?? await response.Content.ReadAsStringAsync(end.Token), name);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException or SocketException)
        {
            // A connection that breaks as soon as it is made ends in a bare SocketException.
            answer = new Answer(0, exception is OperationCanceledException ? "no answer in time" : exception.Message, name);
        }

        _watch(answer, request);
        return answer;
    }

    /// <summary>
    /// Sends a request to a node. While no answer settles it, sends it to the next node, until <paramref name="within"/> is over.
    /// </summary>
    public async Task<Answer> AskUntilSettledAsync(int first, Request request, TimeSpan within)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; ; i++)
        {
            var answer = await AskAsync((first + i) % _nodes.Count, request);
            if (!answer.IsWorthAnotherTry || clock.Elapsed > within)
            {
                return answer with { Tries = i + 1 };
            }

            if ((i + 1) % _nodes.Count == 0)
            {
                await Task.Delay(s_pauseAfterRound);
            }
        }
    }

    public void Dispose() => _client.Dispose();
}
