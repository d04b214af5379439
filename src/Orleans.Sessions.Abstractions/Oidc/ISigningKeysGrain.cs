using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The keys this installation signs tokens (key <see cref="GrainKeys.SigningKeys"/>) and SAML messages (key <see cref="GrainKeys.SamlCertificates"/>) with: made at the first start, encrypted at rest, the same on every
/// node, and replaced on a schedule. A new key is published before it signs, and an old one as long as tokens of it may live.
/// </summary>
[Alias("sessions.ISigningKeysGrain")]
public interface ISigningKeysGrain : IGrainWithStringKey
{
    /// <summary>The keys as of now; in-cluster only, because it has the private ones.</summary>
    [Alias("Get")]
    Task<SigningKeySet> GetAsync();

    /// <summary>The published keys, oldest first. Needs <c>oidc.client.read</c>.</summary>
    [Alias("List")]
    Task<ImmutableArray<PublishedKey>> ListAsync(Caller caller);

    /// <summary>
    /// Makes the next key now, if there is none yet, and signs with it after the time it takes everybody to learn of it. <paramref name="withdrawOthers"/>, for keys that
    /// have leaked: a new key signs at once, and all others are gone. Needs <c>oidc.client.write</c>.
    /// </summary>
    /// <returns>The published keys, oldest first.</returns>
    [Alias("Rotate")]
    Task<ImmutableArray<PublishedKey>> RotateAsync(Caller caller, bool withdrawOthers);
}

/// <summary>A key that is published.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="SignsFrom">When it began, or will begin, to sign.</param>
/// <param name="State">Whether it signs.</param>
[GenerateSerializer, Immutable, Alias("sessions.PublishedKey")]
public sealed record PublishedKey([property: Id(0)] string Id, [property: Id(1)] DateTimeOffset SignsFrom, [property: Id(2)] PublishedKeyState State);

/// <summary>Whether a key signs; numbers are those of <c>sessions.keys.v1.SigningKeyState</c>.</summary>
public enum PublishedKeyState
{
    /// <summary>Later.</summary>
    Announced = 1,

    /// <summary>Now.</summary>
    Signing = 2,

    /// <summary>No more.</summary>
    Retired = 3,
}

/// <summary>The keys of an installation.</summary>
/// <param name="Active">Signs.</param>
/// <param name="Others">Are published too: the next one, and earlier ones.</param>
/// <param name="EncryptionKey">32 bytes: encrypts what only this installation reads, such as pushed requests.</param>
/// <param name="Announcement">How long a key that is made later will be published before it signs; <c>null</c>: a node of an earlier version does not say.</param>
[GenerateSerializer, Immutable, Alias("sessions.SigningKeySet")]
public sealed record SigningKeySet(
    [property: Id(0)] SigningKey Active,
    [property: Id(1)] ImmutableArray<SigningKey> Others,
    [property: Id(2)] ImmutableArray<byte> EncryptionKey,
    [property: Id(3)] TimeSpan? Announcement = null);

/// <summary>One RSA key pair.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="PrivateKey">PKCS #8.</param>
/// <param name="Certificate">The self-signed X.509 certificate, DER; <c>null</c> for keys of tokens.</param>
[GenerateSerializer, Immutable, Alias("sessions.SigningKey")]
public sealed record SigningKey(
    [property: Id(0)] string Id, [property: Id(1)] ImmutableArray<byte> PrivateKey, [property: Id(2)] ImmutableArray<byte>? Certificate = null);
