using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace Orleans.Sessions.Fuzz.Wire;

/// <summary>Sends requests over HTTP/2 with prior knowledge, as gRPC's clients do.</summary>
public sealed class Http2 : IDisposable
{
    private const int PrefixBytes = 5;

    private readonly HttpClient _client;
    private readonly TimeSpan _patience;

    public Http2(Uri address, TimeSpan patience)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        };
        _client = new HttpClient(handler)
        {
            BaseAddress = address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _patience = patience;
    }

    public void Dispose() => _client.Dispose();

    public async Task<FuzzReply> SendAsync(FuzzRequest request)
    {
        var clock = Stopwatch.StartNew();
        using var lost = new CancellationTokenSource(_patience);
        try
        {
            using var message = Message(request);
            using var response = await _client.SendAsync(message, lost.Token);
            var body = await response.Content.ReadAsByteArrayAsync(lost.Token);
            var headers = response
                .Headers.Concat(response.Content.Headers)
                .Concat(response.TrailingHeaders)
                .Select(header => (header.Key, string.Join(",", header.Value)))
                .ToList();
            var reply = new FuzzReply
            {
                Status = (int)response.StatusCode,
                Headers = headers,
                Body = body,
                Elapsed = clock.Elapsed,
            };
            return request.Surface == Surface.Grpc
                ? reply with
                {
                    GrpcStatus = int.TryParse(reply.Header("grpc-status"), CultureInfo.InvariantCulture, out var status) ? status : null,
                    Body = body.Length > PrefixBytes ? body[PrefixBytes..] : [],
                }
                : reply;
        }
        catch (OperationCanceledException)
        {
            return new FuzzReply { IsLost = true, Elapsed = clock.Elapsed };
        }
        catch (Exception exception) when (exception is HttpRequestException or FormatException or UriFormatException or IOException)
        {
            // The stream was reset, or the library refuses to send this request.
            return new FuzzReply { Elapsed = clock.Elapsed };
        }
    }

    private HttpRequestMessage Message(FuzzRequest request)
    {
        var uri = new Uri(
            $"{_client.BaseAddress!.GetLeftPart(UriPartial.Authority)}{request.Target}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        var message = new HttpRequestMessage(new HttpMethod(request.Verb), uri)
        {
            Content = request.Body is { } body ? new ByteArrayContent(body) : null,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
