using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>An <c>Idempotency-Key</c> header and the request that was sent with it.</summary>
/// <param name="Key">The client's key, 1 to 200 characters.</param>
/// <param name="Request">The request as bytes. The same key with another request is refused (<c>SESSION-Idem2</c>).</param>
[GenerateSerializer, Immutable, Alias("sessions.Idempotency")]
public sealed record Idempotency([property: Id(0)] string Key, [property: Id(1)] ImmutableArray<byte> Request)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Request = ").Append(Request.Length).Append(" bytes");
        return true;
    }
}
