using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The authorization of a device whose user logs in on another device (RFC 8628; key <see cref="GrainKeys.Authorization"/> of
/// <see cref="UserCodes.IdOf"/>). After the user allows it, the same grain is the family of the device's tokens:
/// <see cref="ITokenFamilyGrain"/>.
/// </summary>
[Alias("sessions.IDeviceAuthorizationGrain")]
public interface IDeviceAuthorizationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores a new request. Storing the same request again succeeds. Returns <c>false</c> if the user code is already in use, so that the
    /// caller must create another code.
    /// </summary>
    [Alias("StartDevice")]
    Task<bool> StartAsync(DeviceRequest request, string deviceCode);

    /// <summary>Reads the request. Needs <c>session.link</c>. Fails with <c>COMMAND-D2hf2</c>.</summary>
    [AlwaysInterleave]
    [Alias("GetDevice")]
    Task<DeviceRequest> GetAsync(Caller caller);

    /// <summary>
    /// Allows the device to act for the session's user. Needs <c>session.link</c>. Fails with <c>COMMAND-D2hf2</c>, <c>COMMAND-D30Jf</c>
    /// (already handled), and the session errors of <see cref="IAuthorizationRequestGrain.CompleteAsync"/>.
    /// </summary>
    [Alias("AllowDevice")]
    Task AllowAsync(Caller caller, string sessionId, string sessionToken);

    /// <summary>Refuses the device. Needs <c>session.link</c>. Fails with <c>COMMAND-D2hf2</c> or <c>COMMAND-D30Jf</c>.</summary>
    [Alias("DenyDevice")]
    Task DenyAsync(Caller caller);

    /// <summary>
    /// Whether the device may have its tokens now. Fails with <c>OIDC-Dev01</c> (wait), <c>OIDC-Dev02</c> (asked too soon),
    /// <c>OIDC-Dev03</c> (denied), <c>OIDC-Dev04</c> (expired) or <c>OIDC-Dev05</c> (unknown or used).
    /// </summary>
    [Alias("PollDevice")]
    Task<RedeemableCode> PollAsync(string deviceCode);

    /// <summary>Uses up the device code. Fails as <see cref="PollAsync"/> and <see cref="ITokenFamilyGrain.RedeemCodeAsync"/>.</summary>
    [Alias("RedeemDevice")]
    Task<TokenGrant> RedeemAsync(string deviceCode, NewTokens tokens);
}

/// <summary>The request of a device.</summary>
[GenerateSerializer, Immutable, Alias("sessions.DeviceRequest")]
public sealed record DeviceRequest
{
    /// <summary>The client that asks.</summary>
    [Id(0)]
    public required string ClientId { get; init; }

    /// <summary>The client's name, as people see it.</summary>
    [Id(1)]
    public required string ClientName { get; init; }

    /// <summary>The issuer, without trailing slash.</summary>
    [Id(2)]
    public required string Issuer { get; init; }

    /// <summary>The scopes that the device gets.</summary>
    [Id(3)]
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>How long the device code and the user code are valid.</summary>
    [Id(4)]
    public required TimeSpan Lifetime { get; init; }

    /// <summary>The minimum time between two polls of the device.</summary>
    [Id(5)]
    public required TimeSpan Interval { get; init; }

    /// <summary>The lowest assurance level that the client's registration requires.</summary>
    [Id(6)]
    public string? MinimumAcr { get; init; }

    /// <summary>The user id of the login frontend that may decide without <c>session.link</c>.</summary>
    [Id(7)]
    public string? LoginClientId { get; init; }

    /// <summary>
    /// When the client was registered. If the client is deleted and registered again under the same id, the new client gets nothing from
    /// this request.
    /// </summary>
    [Id(8)]
    public DateTimeOffset? ClientRegisteredAt { get; init; }
}

/// <summary>Codes that people type: eight consonants with a hyphen in the middle. Without vowels, a code never spells a word.</summary>
public static class UserCodes
{
    private const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ";
    private const int Half = 4;

    /// <summary>Creates a code, <c>XXXX-XXXX</c>.</summary>
    public static string Create()
    {
        var code = RandomNumberGenerator.GetString(Alphabet, 2 * Half);
        return $"{code[..Half]}-{code[Half..]}";
    }

    /// <summary>
    /// The authorization id of a code. It is a hash, because the id is stored and the code is not. Lower case is accepted.
    /// </summary>
    public static string IdOf(string userCode)
    {
        ArgumentNullException.ThrowIfNull(userCode);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"device\n{userCode.ToUpperInvariant()}"));
        return System.Buffers.Text.Base64Url.EncodeToString(hash.AsSpan(0, 16));
    }
}
