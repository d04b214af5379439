using System.Collections.Immutable;

namespace Orleans.Sessions.SigningKeys;

/// <summary>A key pair.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="PrivateKey">PKCS #8, encrypted.</param>
/// <param name="SignsFrom">When it replaces the previous key.</param>
/// <param name="Certificate">Its X.509 certificate, DER; <c>null</c> for keys of tokens.</param>
/// <param name="CreatedAt">When it was made; <c>null</c> if it was not recorded.</param>
/// <param name="Bits">The size of an RSA key; <c>null</c> for other keys, and if it was not recorded.</param>
/// <param name="Algorithm">The algorithm with which it signs; <c>null</c> if it was not recorded.</param>
internal sealed record StoredSigningKey(
    string Id,
    ImmutableArray<byte> PrivateKey,
    DateTimeOffset SignsFrom,
    ImmutableArray<byte>? Certificate = null,
    DateTimeOffset? CreatedAt = null,
    int? Bits = null,
    string? Algorithm = null
);
