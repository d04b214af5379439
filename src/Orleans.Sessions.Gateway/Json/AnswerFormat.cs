using System.Runtime.CompilerServices;
using Google.Protobuf;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Json;

/// <summary>
/// A format of answers. The answer for a session, which many requests read, is written once and kept as long as its message.
/// </summary>
internal sealed class AnswerFormat
{
    /// <summary>Proto3 JSON.</summary>
    public static readonly AnswerFormat Json = new(JsonResponse.Encode);

    /// <summary>Protobuf's binary format.</summary>
    public static readonly AnswerFormat Proto = new(MessageExtensions.ToByteArray);

    private readonly ConditionalWeakTable<GetSessionResponse, byte[]> _kept = [];
    private readonly Func<IMessage, byte[]> _write;

    private AnswerFormat(Func<IMessage, byte[]> write) => _write = write;

    /// <summary>The bytes of an answer; nobody may change them.</summary>
    public byte[] Bytes(IMessage answer) =>
        answer is not GetSessionResponse session ? _write(answer)
        : _kept.TryGetValue(session, out var bytes) ? bytes
        : _kept.GetValue(session, message => _write(message));
}
