using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>
/// A caller of the service over HTTP. Bodies are anonymous objects, which are written as they are, or <see cref="Raw"/> text. A reply with
/// status 500 fails the test wherever it occurs: no request of a client may cause one.
/// </summary>
public sealed class Api(HostProcess host, string? token)
{
    private static readonly HttpClient s_client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    private (string Name, string Value)[] _headers = [];

    /// <summary>The bearer token of this caller.</summary>
    public string? Token => token;

    /// <summary>The process this caller talks to.</summary>
    public HostProcess Host => host;

    /// <summary>The same service with another caller; <c>null</c> means a caller without a token.</summary>
    public Api As(string? otherToken) => new(host, otherToken);

    /// <summary>The same caller on another node.</summary>
    public Api At(HostProcess otherHost) => new(otherHost, token) { _headers = _headers };

    /// <summary>The same caller with one more header on each request.</summary>
    public Api With(string name, string value) => new(host, token) { _headers = [.. _headers, (name, value)] };

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Reply> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body ?? new { });

    public Task<Reply> PutAsync(string path, object? body = null) => SendAsync(HttpMethod.Put, path, body ?? new { });

    public Task<Reply> PatchAsync(string path, object? body = null) => SendAsync(HttpMethod.Patch, path, body ?? new { });

    public Task<Reply> DeleteAsync(string path, object? body = null) => SendAsync(HttpMethod.Delete, path, body);

    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var content = Content(body);
        return await SendAsync(method, path, content);
    }

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(host.Address, path)) { Content = content };
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 1024 * 1024;
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        foreach (var (name, value) in _headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await s_client.SendAsync(request, TestContext.Current.CancellationToken);
        var reply = await Reply.ReadAsync(response, $"{method} {path}", host);
        Assert.True(reply.Status != 500, reply.Explain("an internal error"));
        return reply;
    }

    private static ByteArrayContent? Content(object? body) =>
        body switch
        {
            null => null,
            Raw raw => new ByteArrayContent(raw.Bytes)
            {
                Headers = { ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json) },
            },
            _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, MediaTypeNames.Application.Json),
        };
}

/// <summary>A request body, exactly as it is sent.</summary>
public sealed class Raw(byte[] bytes)
{
    public Raw(string text)
        : this(Encoding.UTF8.GetBytes(text)) { }

    public byte[] Bytes => bytes;
}
