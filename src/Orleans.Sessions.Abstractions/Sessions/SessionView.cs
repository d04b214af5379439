using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>A session as clients see it.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionView")]
public sealed record SessionView
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>When the session was created. All times have microsecond precision.</summary>
    [Id(1)]
    public required DateTimeOffset CreationDate { get; init; }

    /// <summary>When the session was last changed.</summary>
    [Id(2)]
    public required DateTimeOffset ChangeDate { get; init; }

    /// <summary>The number of events that the session has had, starting at 1.</summary>
    [Id(3)]
    public required long Sequence { get; init; }

    /// <summary>The proved factors; <c>null</c> until a user is checked.</summary>
    [Id(4)]
    public SessionFactors? Factors { get; init; }

    /// <summary>The caller's own data.</summary>
    [Id(5)]
    public ImmutableDictionary<string, ImmutableArray<byte>> Metadata { get; init; } =
        ImmutableDictionary<string, ImmutableArray<byte>>.Empty;

    /// <summary>The browser or device, if the creator named one.</summary>
    [Id(6)]
    public UserAgent? UserAgent { get; init; }

    /// <summary>When the session expires or has expired; <c>null</c> if it never expires.</summary>
    [Id(7)]
    public DateTimeOffset? ExpirationDate { get; init; }

    /// <summary>How long the session lives without being used; <c>null</c> if only its lifetime counts.</summary>
    [Id(8)]
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>The state at the time of a search that asked for states; otherwise <c>null</c>.</summary>
    [Id(9)]
    public SessionState? State { get; init; }
}

/// <summary>The state of a session. The numbers are those of <c>zitadel.session.v2.SessionState</c>.</summary>
public enum SessionState
{
    /// <summary>The session can be used.</summary>
    Active = 1,

    /// <summary>The lifetime of the session is over. It can still be read and deleted.</summary>
    Expired = 2,

    /// <summary>The session was ended. Until it is purged, only a search by state finds it.</summary>
    Terminated = 3,
}

/// <summary>The proved factors and when they were proved. A value is <c>null</c> if the factor is not proved.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionFactors")]
public sealed record SessionFactors
{
    /// <summary>The user.</summary>
    [Id(0)]
    public required UserFactor User { get; init; }

    /// <summary>When the password was checked. It is removed when the user gets a newer password.</summary>
    [Id(1)]
    public DateTimeOffset? Password { get; init; }

    /// <summary>When a code of the authenticator app was checked.</summary>
    [Id(2)]
    public DateTimeOffset? Totp { get; init; }

    /// <summary>The passkey or security key.</summary>
    [Id(3)]
    public WebAuthnFactor? WebAuthn { get; init; }

    /// <summary>When a login at an external identity provider was checked.</summary>
    [Id(4)]
    public DateTimeOffset? Intent { get; init; }

    /// <summary>When a code sent by SMS was checked.</summary>
    [Id(5)]
    public DateTimeOffset? OtpSms { get; init; }

    /// <summary>When a code sent by e-mail was checked.</summary>
    [Id(6)]
    public DateTimeOffset? OtpEmail { get; init; }

    /// <summary>When a recovery code was checked.</summary>
    [Id(7)]
    public DateTimeOffset? RecoveryCode { get; init; }
}

/// <summary>A proved passkey or security key.</summary>
/// <param name="VerifiedAt">When it was checked.</param>
/// <param name="UserVerified">Whether the authenticator verified the person (the UV flag). Then the key counts as two factors.</param>
[GenerateSerializer, Immutable, Alias("sessions.WebAuthnFactor")]
public sealed record WebAuthnFactor([property: Id(0)] DateTimeOffset VerifiedAt, [property: Id(1)] bool UserVerified);

/// <summary>The user of a session, with the names that the user has now.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserFactor")]
public sealed record UserFactor
{
    /// <summary>When the user was identified.</summary>
    [Id(0)]
    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>The user's id.</summary>
    [Id(1)]
    public required string Id { get; init; }

    /// <summary>The user's preferred login name.</summary>
    [Id(2)]
    public string LoginName { get; init; } = "";

    /// <summary>The user's display name; empty for machines.</summary>
    [Id(3)]
    public string DisplayName { get; init; } = "";

    /// <summary>The user's organization.</summary>
    [Id(4)]
    public string OrganizationId { get; init; } = "";
}

/// <summary>The browser or device in which a session was created.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserAgent")]
public sealed record UserAgent
{
    /// <summary>An id of the device, which the frontend chose.</summary>
    [Id(0)]
    public string? FingerprintId { get; init; }

    /// <summary>The IP address in canonical form.</summary>
    [Id(1)]
    public string? Ip { get; init; }

    /// <summary>A free description.</summary>
    [Id(2)]
    public string? Description { get; init; }

    /// <summary>Headers that the frontend wants to keep.</summary>
    [Id(3)]
    public ImmutableDictionary<string, ImmutableArray<string>> Header { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;
}

/// <summary>The state of a session's record after a change.</summary>
/// <param name="Sequence">The number of events that the session has had.</param>
/// <param name="ChangeDate">When it was last changed.</param>
/// <param name="ResourceOwner">The id of this instance of the service.</param>
[GenerateSerializer, Immutable, Alias("sessions.SessionDetails")]
public sealed record SessionDetails(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset ChangeDate,
    [property: Id(2)] string ResourceOwner
);

/// <summary>The result of creating or changing a session.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionChange")]
public sealed record SessionChange
{
    /// <summary>The session's id.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The state of the session's record now.</summary>
    [Id(1)]
    public required SessionDetails Details { get; init; }

    /// <summary>The new session token (at most 120 URL-safe characters); <c>null</c> if nothing changed.</summary>
    [Id(2)]
    public string? Token { get; init; }

    /// <summary>The issued challenges; <c>null</c> if none was requested.</summary>
    [Id(3)]
    public IssuedChallenges? Challenges { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder
            .Append("SessionId = ")
            .Append(SessionId)
            .Append(", Details = ")
            .Append(Details)
            .Append(", Challenges = ")
            .Append(Challenges);
        return true;
    }
}

/// <summary>The user for whom a session token speaks, and what was proved.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SessionBearer")]
public sealed record SessionBearer
{
    /// <summary>The session.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>The user.</summary>
    [Id(1)]
    public required string UserId { get; init; }

    /// <summary>The number of proved factors besides the user. A user-verified passkey counts as two.</summary>
    [Id(2)]
    public required int Factors { get; init; }

    /// <summary>When the newest factor was proved.</summary>
    [Id(3)]
    public DateTimeOffset? ProvedAt { get; init; }
}
