using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;

namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>Calls by gRPC-Web as browsers make them: a frame with the message, and in the answer another one with the trailers.</summary>
internal static class GrpcWeb
{
    private const int FrameHead = 5;
    private const byte Trailers = 0x80;

    public static async Task<TResponse> CallAsync<TResponse>(Api api, string path, IMessage message, MessageParser<TResponse> parser)
        where TResponse : IMessage<TResponse>
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api.Host.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Token);
        request.Content = new ByteArrayContent(Frame(message.ToByteArray()));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc-web+proto");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("grpc-status"), $"{response}");
        var length = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1));
        Assert.Equal(0, body[0]);
        Assert.Equal(Trailers, body[FrameHead + length]);
        var trailers = Encoding.ASCII.GetString(body.AsSpan((2 * FrameHead) + length));
        Assert.Contains("grpc-status:0", trailers.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        return parser.ParseFrom(body, FrameHead, length);
    }

    private static byte[] Frame(byte[] message)
    {
        var frame = new byte[FrameHead + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, FrameHead);
        return frame;
    }
}
