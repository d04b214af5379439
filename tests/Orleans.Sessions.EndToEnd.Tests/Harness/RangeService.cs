using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>A service for breached passwords that gives the same answer to every request.</summary>
public sealed class RangeService : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _paths = new();
    private readonly Task _serving;

    public RangeService(string answer)
    {
        Address = $"http://localhost:{Ports.Next().ToString(CultureInfo.InvariantCulture)}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync(Encoding.UTF8.GetBytes(answer));
    }

    public string Address { get; }

    /// <summary>The requested paths.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync(byte[] answer)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                _paths.Enqueue(context.Request.Url!.AbsolutePath);
                context.Response.Close(answer, willBlock: false);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
