using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf;
using Grpc.Core;

namespace Orleans.Sessions.Gateway.Sessions;

/// <summary>The request headers that this service adds to the contract. Clients can ignore them.</summary>
internal static class RequestHeaders
{
    private const int MaxKeyLength = 200;

    /// <summary><c>Idempotency-Key</c>: a repeated request gets the first answer again. Fails with <c>SESSION-Idem1</c>.</summary>
    public static Idempotency? Idempotency(ServerCallContext context, IMessage request)
    {
        if (context.RequestHeaders.GetValue("idempotency-key") is not { } key)
        {
            return null;
        }

        return key.Length is > 0 and <= MaxKeyLength
            ? new Idempotency(key, ImmutableArray.Create(request.ToByteArray()))
            : throw new SessionException(SessionErrors.IdempotencyKeyInvalid);
    }

    /// <summary>
    /// <c>X-Expected-Sequence</c>: the change happens only if the session is still at this sequence. Fails with <c>SESSION-Seq02</c>.
    /// </summary>
    public static long? ExpectedSequence(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue("x-expected-sequence") is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : throw new SessionException(SessionErrors.ExpectedSequenceInvalid);
    }
}
