using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Orleans.Sessions.Saml;

/// <summary>The result of reading metadata at an address.</summary>
/// <param name="Url">The address.</param>
/// <param name="Xml">The metadata, whose signature is right if it must be; <c>null</c> after a failure.</param>
/// <param name="Fault">Why they cannot be used; <c>null</c> if they can.</param>
[GenerateSerializer, Immutable, Alias("sessions.MetadataFetch")]
public sealed record MetadataFetch([property: Id(0)] string Url, [property: Id(1)] string? Xml, [property: Id(2)] string? Fault = null)
{
    /// <summary>The certificate whose key must have signed them (<see cref="PinOf"/>); <c>null</c> if they need no signature.</summary>
    [Id(3)]
    public string? Pin { get; init; }

    /// <summary>A short name of a certificate: its hash with SHA-256, base64.</summary>
    public static string? PinOf(ImmutableArray<byte>? certificate) =>
        certificate is { } der ? Convert.ToBase64String(SHA256.HashData(der.AsSpan())) : null;
}
