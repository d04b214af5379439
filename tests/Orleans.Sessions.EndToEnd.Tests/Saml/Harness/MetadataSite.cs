using System.Net;
using System.Text;

namespace Orleans.Sessions.EndToEnd.Saml.Harness;

/// <summary>A web server with the metadata of a service provider.</summary>
public sealed class MetadataSite : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private int _visits;

    public MetadataSite()
    {
        Address = $"http://127.0.0.1:{Ports.Next()}/metadata/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>What it answers.</summary>
    public string Body { get; set; } = "";

    /// <summary>The status of its answers.</summary>
    public int Status { get; set; } = 200;

    /// <summary>How often it was asked.</summary>
    public int Visits => Volatile.Read(ref _visits);

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Interlocked.Increment(ref _visits);
                context.Response.StatusCode = Status;
                if (Status is >= 300 and < 400)
                {
                    context.Response.RedirectLocation = $"{Address}elsewhere";
                }

                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Body));
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
            {
                if (!_listener.IsListening)
                {
                    return;
                }

                // The service does not read an answer that is too large to its end.
            }
        }
    }
}
