using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Fuzz.World;

/// <summary>The service as seen by the administrator who sets up and watches the objects. These calls are not judged.</summary>
public sealed class Service : IDisposable
{
    private readonly HttpClient _client;

    public Service(Uri address, string token)
    {
        (Address, Token) = (address, token);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = TimeSpan.FromSeconds(120),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }

    public Uri Address { get; }

    /// <summary>The administrator's token.</summary>
    public string Token { get; }

    /// <summary>Sends a request, which must succeed.</summary>
    public async Task<JsonObject> CallAsync(HttpMethod method, string path, object? body = null)
    {
        using var message = new HttpRequestMessage(method, path)
        {
            Version = HttpVersion.Version20,
            Content = body is null ? null : JsonContent.Create(body),
        };
        using var response = await _client.SendAsync(message);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!.AsObject()
            : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text}");
    }

    public Task<JsonObject> PostAsync(string path, object body) => CallAsync(HttpMethod.Post, path, body);

    public Task<JsonObject> GetAsync(string path) => CallAsync(HttpMethod.Get, path);

    /// <summary>The status of the answer to a request with another caller's token.</summary>
    public async Task<int> StatusAsync(string path, string token)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Version = HttpVersion.Version20,
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        using var response = await _client.SendAsync(message);
        return (int)response.StatusCode;
    }

    public void Dispose() => _client.Dispose();
}
