using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>A request that a sink accepted or refused.</summary>
public sealed record SinkRequest(string Path, string Body, IReadOnlyDictionary<string, string> Headers, bool IsAccepted)
{
    /// <summary>The body, if it is JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The recipient of the message, from the contract's body or from a form.</summary>
    public string Recipient =>
        Body.StartsWith('{')
            ? (Json["contextInfo"]!["recipientPhoneNumber"] ?? Json["contextInfo"]!["recipientEmailAddress"])!.GetValue<string>()
            : Form("To");

    /// <summary>A field of the form in the body.</summary>
    public string Form(string name) =>
        Body.Split('&')
            .Select(part => part.Split('='))
            .Where(part => part[0] == name)
            .Select(part => WebUtility.UrlDecode(part[1]))
            .Single();

    /// <summary>Fails the test unless the request was just signed with this key.</summary>
    public void ExpectSignature(string key)
    {
        var parts = Headers["ZITADEL-Signature"].Split(',').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts["t"], CultureInfo.InvariantCulture));
        Assert.InRange(time, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{parts["t"]}.{Body}"))),
            parts["v1"]
        );
    }
}

/// <summary>An HTTP endpoint that accepts messages, or refuses them as long as a test wants.</summary>
public sealed class HttpSink : IAsyncDisposable
{
    /// <summary>Longer than the claim of a killed node lasts.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(75);

    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, Channel<SinkRequest>> _mailboxes = new();
    private readonly ConcurrentQueue<SinkRequest> _all = new();
    private readonly Task _serving;
    private int _refusals;

    private readonly (int Status, string Body) _refusal;

    /// <summary>Refuses the first <paramref name="refusals"/> requests, with status 503 by default.</summary>
    public HttpSink(int refusals = 0, int status = 503, string refusal = "")
    {
        (_refusals, _refusal) = (refusals, (status, refusal));
        Address = new Uri($"http://localhost:{Ports.Next().ToString(CultureInfo.InvariantCulture)}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>From now on accepts every request.</summary>
    public void AcceptAll() => Volatile.Write(ref _refusals, 0);

    /// <summary>All requests for this recipient, including refused ones.</summary>
    public IReadOnlyList<SinkRequest> AllOf(string recipient) => [.. _all.Where(request => request.Recipient == recipient)];

    /// <summary>The next accepted message for this recipient.</summary>
    public async Task<SinkRequest> ReceiveAsync(string recipient) =>
        await Mailbox(recipient).Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(s_patience);

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private Channel<SinkRequest> Mailbox(string recipient) => _mailboxes.GetOrAdd(recipient, _ => Channel.CreateUnbounded<SinkRequest>());

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var isAccepted = Interlocked.Decrement(ref _refusals) < 0;
        var headers = context.Request.Headers.AllKeys.ToDictionary(
            name => name!,
            name => context.Request.Headers[name]!,
            StringComparer.OrdinalIgnoreCase
        );
        var request = new SinkRequest(context.Request.Url!.AbsolutePath, body, headers, isAccepted);
        _all.Enqueue(request);
        if (isAccepted)
        {
            Mailbox(request.Recipient).Writer.TryWrite(request);
        }

        context.Response.StatusCode = isAccepted ? 204 : _refusal.Status;
        context.Response.Close(isAccepted ? [] : Encoding.UTF8.GetBytes(_refusal.Body), willBlock: false);
    }
}
