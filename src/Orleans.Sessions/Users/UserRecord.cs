using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Sessions.Codes;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.RecoveryCodes;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Totp;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Users;

/// <summary>
/// A user in its stored form: JSON, replaced as a whole by each change. New versions only add optional properties, so that old rows stay
/// readable during a rolling upgrade. <see cref="UserProjection"/> says what the database must know besides.
/// </summary>
internal sealed record UserRecord
{
    /// <summary>The user's id.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the request that created the user; it identifies a repetition.</summary>
    public string? RequestId { get; init; }

    /// <summary>The state.</summary>
    public UserState State { get; init; }

    /// <summary>The state before the user's organization was closed; <c>null</c> if the user does not wait for it to open.</summary>
    public UserState? SuspendedFrom { get; init; }

    /// <summary>Person or service.</summary>
    public UserKind Kind { get; init; }

    /// <summary>The organization.</summary>
    public string OrganizationId { get; init; } = "";

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The number of its changes.</summary>
    public long Sequence { get; init; }

    /// <summary>The user name and login name; <c>null</c> once the user is deleted, which frees the name.</summary>
    public string? UserName { get; init; }

    /// <summary>The unique key of the user name; <c>null</c> means the name's <see cref="TextKey"/>.</summary>
    public string? UserNameKey { get; init; }

    /// <summary>A person's names.</summary>
    public UserProfile? Profile { get; init; }

    /// <summary>A person's e-mail address.</summary>
    public EmailAddress? Email { get; init; }

    /// <summary>
    /// Whether the database refuses the verified <see cref="Email"/> if another user has it verified; <c>null</c> if it does not.
    /// </summary>
    public bool? HasUniqueEmail { get; init; }

    /// <summary>
    /// The address for reset codes: the address that was verified last or, if none ever was, the first one. <c>null</c> if it was not
    /// recorded; then it is <see cref="Email"/>.
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

    /// <summary>The remaining recovery codes; <c>null</c> means none.</summary>
    public ImmutableArray<StoredRecoveryCode>? RecoveryCodes { get; init; }

    /// <summary>The wrong answers to factors that can be guessed; <c>null</c> means none.</summary>
    public ImmutableDictionary<ProvedFactor, FactorFailures>? Guesses { get; init; }

    /// <summary>When the person last declined to set up a second factor.</summary>
    public DateTimeOffset? MfaInitSkippedAt { get; init; }

    /// <summary>The passkeys and security keys, oldest first.</summary>
    public ImmutableArray<StoredWebAuthnKey>? WebAuthnKeys { get; init; }

    /// <summary>The codes that permit registering a passkey, oldest first.</summary>
    public ImmutableArray<StoredPasskeyCode>? PasskeyCodes { get; init; }

    /// <summary>The personal access tokens, oldest first.</summary>
    public ImmutableArray<StoredAccessToken>? AccessTokens { get; init; }

    /// <summary>A machine's client secret.</summary>
    public StoredClientSecret? ClientSecret { get; init; }

    /// <summary>The keys a machine signs assertions with, oldest first.</summary>
    public ImmutableArray<StoredMachineKey>? Keys { get; init; }

    /// <summary>The administrator roles, one entry per resource.</summary>
    public ImmutableArray<RoleGrant>? Roles { get; init; }

    /// <summary>Increases each time all sessions of the user are ended.</summary>
    public int SessionEpoch { get; init; }

    /// <summary>When <see cref="SessionEpoch"/> changed last; <c>null</c> if it never did.</summary>
    public DateTimeOffset? EpochChangedAt { get; init; }

    /// <summary>
    /// Why sessions of earlier epochs, or those of <see cref="EndingProvedBefore"/>, are being ended; <c>null</c> if all of them have
    /// ended.
    /// </summary>
    public SessionEndReason? EndingSessions { get; init; }

    /// <summary>
    /// Sessions whose last proof is not after this time are being ended too; <c>null</c> if there is no such order.
    /// </summary>
    public DateTimeOffset? EndingProvedBefore { get; init; }

    /// <summary>The removed credentials except passwords; <c>null</c> means none.</summary>
    public ImmutableArray<Revocation>? Revocations { get; init; }

    /// <summary>The person's own latest changes of the ways to log in, oldest first; <c>null</c> means none.</summary>
    public ImmutableArray<OwnChange>? OwnChanges { get; init; }

    /// <summary>Where the user has logged in recently, latest last.</summary>
    public ImmutableArray<KnownSource>? KnownSources { get; init; }

    /// <summary>When codes by SMS became a factor; <c>null</c> if they are not a factor.</summary>
    public DateTimeOffset? OtpSmsAddedAt { get; init; }

    /// <summary>When codes by e-mail became a factor; <c>null</c> if they are not a factor.</summary>
    public DateTimeOffset? OtpEmailAddedAt { get; init; }

    /// <summary>The code that proves the e-mail address.</summary>
    public StoredCode? EmailCode { get; init; }

    /// <summary>The code that proves the phone number.</summary>
    public StoredCode? PhoneCode { get; init; }

    /// <summary>The code that resets the password.</summary>
    public StoredCode? PasswordCode { get; init; }

    /// <summary>The code of an invitation.</summary>
    public StoredCode? InviteCode { get; init; }

    /// <summary>The count of notices to addresses that are not proved.</summary>
    public DailySends? Notices { get; init; }

    /// <summary>The messages of the last change. They are not a part of the stored record: the write adds them to the outbox.</summary>
    [JsonIgnore]
    public ImmutableArray<OutboxMessage>? Outbox { get; init; }

    /// <summary>The user's identities at external providers, oldest first.</summary>
    public ImmutableArray<IdentityLink>? Links { get; init; }

    /// <summary>The number of messages sent to the user today.</summary>
    public DailySends? Sends { get; init; }

    /// <summary>The unique key of the login name; <c>null</c> if the user is deleted.</summary>
    [JsonIgnore]
    public string? LoginNameKey => UserNameKey ?? (UserName is null ? null : TextKey.Of(UserName));
}
