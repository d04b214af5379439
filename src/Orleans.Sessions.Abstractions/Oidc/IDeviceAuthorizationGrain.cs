using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// A device that asks for a login on another device (RFC 8628; key <see cref="GrainKeys.Authorization"/> of <see cref="UserCodes.IdOf"/>). Allowed, the same grain
/// is the family of the device's tokens: <see cref="ITokenFamilyGrain"/>.
/// </summary>
[Alias("sessions.IDeviceAuthorizationGrain")]
public interface IDeviceAuthorizationGrain : IGrainWithStringKey
{
    /// <summary>Stores a new request; the same one again answers again. <c>false</c>: the user code is in use, take another one.</summary>
    [Alias("StartDevice")]
    Task<bool> StartAsync(DeviceRequest request, string deviceCode);

    /// <summary>The request. Needs <c>session.link</c>. Fails with <c>COMMAND-D2hf2</c>.</summary>
    [AlwaysInterleave]
    [Alias("GetDevice")]
    Task<DeviceRequest> GetAsync(Caller caller);

    /// <summary>
    /// Allows the device to act for the session's user. Needs <c>session.link</c>. Fails with <c>COMMAND-D2hf2</c>, <c>COMMAND-D30Jf</c> (handled already), and
    /// for the session as <see cref="IAuthorizationRequestGrain.CompleteAsync"/>.
    /// </summary>
    [Alias("AllowDevice")]
    Task AllowAsync(Caller caller, string sessionId, string sessionToken);

    /// <summary>Refuses the device. Needs <c>session.link</c>. Fails with <c>COMMAND-D2hf2</c> or <c>COMMAND-D30Jf</c>.</summary>
    [Alias("DenyDevice")]
    Task DenyAsync(Caller caller);

    /// <summary>
    /// Whether the device may have its tokens by now. Fails with <c>OIDC-Dev01</c> (wait), <c>OIDC-Dev02</c> (asked too soon), <c>OIDC-Dev03</c> (denied),
    /// <c>OIDC-Dev04</c> (expired) or <c>OIDC-Dev05</c> (unknown or used).
    /// </summary>
    [Alias("PollDevice")]
    Task<RedeemableCode> PollAsync(string deviceCode);

    /// <summary>Uses the device code up. Fails as <see cref="PollAsync"/> and <see cref="ITokenFamilyGrain.RedeemCodeAsync"/>.</summary>
    [Alias("RedeemDevice")]
    Task<TokenGrant> RedeemAsync(string deviceCode, NewTokens tokens);
}

/// <summary>What a device asks for.</summary>
[GenerateSerializer, Immutable, Alias("sessions.DeviceRequest")]
public sealed record DeviceRequest
{
    /// <summary>Who asks.</summary>
    [Id(0)]
    public required string ClientId { get; init; }

    /// <summary>What people are shown as the client's name.</summary>
    [Id(1)]
    public required string ClientName { get; init; }

    /// <summary>The issuer, without trailing slash.</summary>
    [Id(2)]
    public required string Issuer { get; init; }

    /// <summary>The scopes that will be granted.</summary>
    [Id(3)]
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>How long the device may wait.</summary>
    [Id(4)]
    public required TimeSpan Lifetime { get; init; }

    /// <summary>How long it has to wait between two questions.</summary>
    [Id(5)]
    public required TimeSpan Interval { get; init; }

    /// <summary>The least level of assurance that the client's registration demands.</summary>
    [Id(6)]
    public string? MinimumAcr { get; init; }

    /// <summary>The user id of the login frontend that may decide without <c>session.link</c>.</summary>
    [Id(7)]
    public string? LoginClientId { get; init; }

    /// <summary>When the client was registered; a later client of the same id has no part in this.</summary>
    [Id(8)]
    public DateTimeOffset? ClientRegisteredAt { get; init; }
}

/// <summary>Codes that people type: eight consonants with a hyphen in the middle, of which no word can be made.</summary>
public static class UserCodes
{
    private const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ";
    private const int Half = 4;

    /// <summary>A new code, <c>XXXX-XXXX</c>.</summary>
    public static string Create()
    {
        var code = RandomNumberGenerator.GetString(Alphabet, 2 * Half);
        return $"{code[..Half]}-{code[Half..]}";
    }

    /// <summary>The authorization id of a code: a hash, because the id is stored and the code is not. Lower case is forgiven.</summary>
    public static string IdOf(string userCode)
    {
        ArgumentNullException.ThrowIfNull(userCode);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"device\n{userCode.ToUpperInvariant()}"));
        return System.Buffers.Text.Base64Url.EncodeToString(hash.AsSpan(0, 16));
    }
}
