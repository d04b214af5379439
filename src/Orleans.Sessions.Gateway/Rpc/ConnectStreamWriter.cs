using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>Writes the messages of a Connect stream, and the end of the stream.</summary>
internal sealed class ConnectStreamWriter<T>(PipeWriter body) : IServerStreamWriter<T>
    where T : class, IMessage<T>
{
    private const byte Message = 0;
    private const byte EndOfStream = 2;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(Message, message.ToByteArray());

    /// <summary>Ends the stream with success (an empty JSON object) or with the error in <paramref name="json"/>.</summary>
    public Task EndAsync(byte[] json) => WriteAsync(EndOfStream, json);

    private async Task WriteAsync(byte flags, byte[] payload)
    {
        var head = body.GetSpan(5);
        head[0] = flags;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], payload.Length);
        body.Advance(5);
        await body.WriteAsync(payload);
    }
}
