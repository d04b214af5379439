using System.Collections.Immutable;
using Orleans.Sessions.Codes;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Users;

/// <summary>
/// A user as it is stored: JSON, replaced as a whole by each change. It only ever grows new optional properties, so that old
/// rows stay readable during a rolling upgrade. The database fills its search columns from <see cref="Directory"/> and its
/// outbox of messages from <see cref="Outbox"/>, and keeps <see cref="Links"/> unique among users.
/// </summary>
public sealed record UserRecord
{
    /// <summary>The user's id.</summary>
    public required string Id { get; init; }

    /// <summary>The request that created the user, so that its repetition is recognised.</summary>
    public string? RequestId { get; init; }

    /// <summary>The state.</summary>
    public UserState State { get; init; }

    /// <summary>Person or service.</summary>
    public UserKind Kind { get; init; }

    /// <summary>The organization.</summary>
    public string OrganizationId { get; init; } = "";

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>How many changes it has had.</summary>
    public long Sequence { get; init; }

    /// <summary>The user name and login name; <c>null</c> once deleted, which frees it.</summary>
    public string? UserName { get; init; }

    /// <summary>What no two users have, of this name; <c>null</c>: the name's <see cref="Orleans.Sessions.Directory.TextKey"/>.</summary>
    public string? UserNameKey { get; init; }

    /// <summary>A person's names.</summary>
    public UserProfile? Profile { get; init; }

    /// <summary>A person's e-mail address.</summary>
    public EmailAddress? Email { get; init; }

    /// <summary>
    /// Where codes go that reset: the address that was verified last, or, if none ever was, the first one; <c>null</c>: nobody noted it,
    /// and it is <see cref="Email"/>.
    /// </summary>
    public EmailAddress? RecoveryEmail { get; init; }

    /// <summary>A person's phone number.</summary>
    public PhoneNumber? Phone { get; init; }

    /// <summary>A service's name.</summary>
    public MachineProfile? Machine { get; init; }

    /// <summary>The administrators' own data.</summary>
    public ImmutableDictionary<string, ImmutableArray<byte>>? Metadata { get; init; }

    /// <summary>The password.</summary>
    public StoredPassword? Password { get; init; }

    /// <summary>The authenticator app.</summary>
    public StoredTotp? Totp { get; init; }

    /// <summary>The recovery codes that are left; <c>null</c>: none.</summary>
    public ImmutableArray<StoredRecoveryCode>? RecoveryCodes { get; init; }

    /// <summary>The wrong answers to factors that can be guessed; <c>null</c>: none.</summary>
    public ImmutableDictionary<ProvedFactor, FactorFailures>? Guesses { get; init; }

    /// <summary>When the person last declined to set up a second factor.</summary>
    public DateTimeOffset? MfaInitSkippedAt { get; init; }

    /// <summary>The passkeys and security keys, oldest first.</summary>
    public ImmutableArray<StoredWebAuthnKey>? WebAuthnKeys { get; init; }

    /// <summary>The codes that allow to register a passkey, oldest first.</summary>
    public ImmutableArray<StoredPasskeyCode>? PasskeyCodes { get; init; }

    /// <summary>The personal access tokens, oldest first.</summary>
    public ImmutableArray<StoredAccessToken>? AccessTokens { get; init; }

    /// <summary>A machine's client secret.</summary>
    public StoredClientSecret? ClientSecret { get; init; }

    /// <summary>The keys a machine signs assertions with, oldest first.</summary>
    public ImmutableArray<StoredMachineKey>? Keys { get; init; }

    /// <summary>The administrator roles, one entry per resource.</summary>
    public ImmutableArray<RoleGrant>? Roles { get; init; }

    /// <summary>Goes up each time all sessions of the user are ended.</summary>
    public int SessionEpoch { get; init; }

    /// <summary>
    /// Why sessions of earlier epochs, or those of <see cref="EndingProvedBefore"/>, are being ended; <c>null</c>: all of them are.
    /// </summary>
    public SessionEndReason? EndingSessions { get; init; }

    /// <summary>Sessions end too that have proved factors, and all of them before this; <c>null</c>: none do.</summary>
    public DateTimeOffset? EndingProvedBefore { get; init; }

    /// <summary>The credentials that are gone, besides passwords; <c>null</c>: none is.</summary>
    public ImmutableArray<Revocation>? Revocations { get; init; }

    /// <summary>Where the user has logged in lately, the latest at the end.</summary>
    public ImmutableArray<KnownSource>? KnownSources { get; init; }

    /// <summary>When codes by SMS became a factor; <c>null</c>: they are none.</summary>
    public DateTimeOffset? OtpSmsAddedAt { get; init; }

    /// <summary>When codes by e-mail became a factor; <c>null</c>: they are none.</summary>
    public DateTimeOffset? OtpEmailAddedAt { get; init; }

    /// <summary>The code that proves the e-mail address.</summary>
    public StoredCode? EmailCode { get; init; }

    /// <summary>The code that proves the phone number.</summary>
    public StoredCode? PhoneCode { get; init; }

    /// <summary>The code that resets the password.</summary>
    public StoredCode? PasswordCode { get; init; }

    /// <summary>The code of an invitation.</summary>
    public StoredCode? InviteCode { get; init; }

    /// <summary>Notices that went to addresses that nobody has proved.</summary>
    public DailySends? Notices { get; init; }

    /// <summary>The messages of the last change; the database appends them to those to deliver in the same transaction.</summary>
    public ImmutableArray<OutboxMessage>? Outbox { get; init; }

    /// <summary>The persons at external identity providers that the user is, oldest first.</summary>
    public ImmutableArray<IdentityLink>? Links { get; init; }

    /// <summary>How many messages the user was sent today.</summary>
    public DailySends? Sends { get; init; }

    /// <summary>What the database can search by.</summary>
    public UserDirectoryEntry Directory => UserDirectoryEntry.Of(this);
}

/// <summary>A password's hash and when it was set; a rehash of the same password does not change the date.</summary>
public sealed record StoredPassword(string Hash, DateTimeOffset ChangedAt, bool ChangeRequired = false);

/// <summary>An authenticator app.</summary>
/// <param name="Secret">The encrypted secret.</param>
/// <param name="IsReady">Whether a code of it was verified; before, it counts for nothing.</param>
/// <param name="LastStep">The last step whose code was used: it and earlier ones are used up.</param>
public sealed record StoredTotp(ImmutableArray<byte> Secret, bool IsReady, long? LastStep = null);

/// <summary>A recovery code: only its keyed hash is kept.</summary>
public sealed record StoredRecoveryCode(ImmutableArray<byte> Hash);

/// <summary>A personal access token: only its hash is kept.</summary>
public sealed record StoredAccessToken(string Id, ImmutableArray<byte> Hash, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>A client secret: only its hash is kept.</summary>
public sealed record StoredClientSecret(ImmutableArray<byte> Hash, DateTimeOffset CreatedAt);

/// <summary>A public key (SubjectPublicKeyInfo).</summary>
public sealed record StoredMachineKey(string Id, ImmutableArray<byte> PublicKey, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>The administrator roles on an organization, or on the instance when <paramref name="OrganizationId"/> is <c>null</c>.</summary>
public sealed record RoleGrant(string? OrganizationId, ImmutableArray<string> Roles);
