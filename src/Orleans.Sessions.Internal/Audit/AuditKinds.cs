using System.Collections.Frozen;

namespace Orleans.Sessions.Audit;

/// <summary>
/// Every kind of security event that this service records, with the name under which it is stored, logged and searched. A name never
/// changes and is never reused for another kind. Failures of the first group, and the kinds called <c>refused</c>, are counted: one row for
/// each minute, source, target and reason. Every other event is one row, which the database writes in the same transaction as the change
/// that it describes.
/// </summary>
public static class AuditKinds
{
    // Logins. Each proved factor is recorded together with the session. Each failure is counted. Target: the user, if known.

    /// <summary>
    /// A session named a user who does not exist or may not log in. This kind is never a success, because naming a user proves nothing.
    /// </summary>
    public static readonly AuditKind LoginUser = new("login.user", "A login failed because the user is not known or may not log in");

    /// <summary>A password was checked in a session, successfully or not.</summary>
    public static readonly AuditKind LoginPassword = new("login.password", "A password was checked in a session");

    /// <summary>A passkey or security key was checked in a session, successfully or not.</summary>
    public static readonly AuditKind LoginWebAuthn = new("login.webauthn", "A passkey or security key was checked in a session");

    /// <summary>A code of an authenticator app was checked in a session, successfully or not.</summary>
    public static readonly AuditKind LoginTotp = new("login.totp", "A code of an authenticator app was checked in a session");

    /// <summary>A code sent by SMS was checked in a session, successfully or not.</summary>
    public static readonly AuditKind LoginOtpSms = new("login.otp_sms", "A code sent by SMS was checked in a session");

    /// <summary>A code sent by e-mail was checked in a session, successfully or not.</summary>
    public static readonly AuditKind LoginOtpEmail = new("login.otp_email", "A code sent by e-mail was checked in a session");

    /// <summary>A recovery code was checked in a session, successfully or not.</summary>
    public static readonly AuditKind LoginRecoveryCode = new("login.recovery_code", "A recovery code was checked in a session");

    /// <summary>A login at an identity provider was checked in a session, successfully or not.</summary>
    public static readonly AuditKind LoginIdentityProvider = new(
        "login.identity_provider",
        "A login at an identity provider was checked in a session"
    );

    // Refused calls, and failed proofs outside of sessions. They are counted.

    /// <summary>A call came without a valid token. Target: the method.</summary>
    public static readonly AuditKind CallUnauthenticated = new("call.unauthenticated", "A call came without a valid token")
    {
        IsAtGateway = true,
    };

    /// <summary>A call was refused because the caller has no permission. Target: the method.</summary>
    public static readonly AuditKind CallDenied = new("call.denied", "A call was refused for want of permission") { IsAtGateway = true };

    /// <summary>A call was refused because there were too many calls. Target: the method.</summary>
    public static readonly AuditKind CallLimited = new("call.limited", "A call was refused because there were too many")
    {
        IsAtGateway = true,
    };

    /// <summary>A password, code or key that was meant to authorize a change of a user was wrong. Target: the user.</summary>
    public static readonly AuditKind CredentialRefused = new("user.credential.refused", "A password or code was wrong outside of a session")
    {
        IsAtGateway = true,
    };

    /// <summary>An OAuth client did not prove who it is. Target: the endpoint.</summary>
    public static readonly AuditKind ClientRefused = new("oauth.client.refused", "An OAuth client did not prove who it is")
    {
        IsAtGateway = true,
    };

    /// <summary>A code, a token or an assertion was not accepted at an OAuth endpoint. Target: the endpoint.</summary>
    public static readonly AuditKind GrantRefused = new("oauth.grant.refused", "A code, token or assertion was not accepted")
    {
        IsAtGateway = true,
    };

    /// <summary>A SAML message was not accepted. Target: the endpoint.</summary>
    public static readonly AuditKind SamlRefused = new("saml.message.refused", "A SAML message was not accepted") { IsAtGateway = true };

    // Sessions.

    /// <summary>A session token was used after it had been replaced, which is a sign of theft. Counted.</summary>
    public static readonly AuditKind SessionTokenReused = new("session.token.reused", "A replaced token of a session was used");

    /// <summary>
    /// One session was ended before its lifetime was over. The reason says what ended it. When all sessions of a user end together, this
    /// event is not recorded.
    /// </summary>
    public static readonly AuditKind SessionTerminated = new("session.terminated", "A session was ended");

    // Users: states.

    /// <summary>A user was created.</summary>
    public static readonly AuditKind UserCreated = new("user.created", "A user was created");

    /// <summary>A user got another login name; the detail has the old and the new one.</summary>
    public static readonly AuditKind UserRenamed = new("user.renamed", "A login name was changed");

    /// <summary>A user was locked. Reason <c>failures</c>: too many wrong answers.</summary>
    public static readonly AuditKind UserLocked = new("user.locked", "A user was locked");

    /// <summary>A user was unlocked. Reason <c>blocks</c>: only blocks of factors after wrong answers were lifted.</summary>
    public static readonly AuditKind UserUnlocked = new("user.unlocked", "A user was unlocked");

    /// <summary>A user was deactivated.</summary>
    public static readonly AuditKind UserDeactivated = new("user.deactivated", "A user was deactivated");

    /// <summary>A user was reactivated.</summary>
    public static readonly AuditKind UserReactivated = new("user.reactivated", "A user was reactivated");

    /// <summary>A user was deleted.</summary>
    public static readonly AuditKind UserDeleted = new("user.deleted", "A user was deleted");

    // Users: contacts.

    /// <summary>An e-mail address was set or changed.</summary>
    public static readonly AuditKind EmailChanged = new("user.email.changed", "An e-mail address was set or changed");

    /// <summary>An e-mail address was verified, or declared verified.</summary>
    public static readonly AuditKind EmailVerified = new("user.email.verified", "An e-mail address was verified");

    /// <summary>A phone number was set or changed.</summary>
    public static readonly AuditKind PhoneChanged = new("user.phone.changed", "A phone number was set or changed");

    /// <summary>A phone number was verified, or declared verified.</summary>
    public static readonly AuditKind PhoneVerified = new("user.phone.verified", "A phone number was verified");

    /// <summary>A phone number was removed.</summary>
    public static readonly AuditKind PhoneRemoved = new("user.phone.removed", "A phone number was removed");

    // Users: credentials.

    /// <summary>A user without a password got a password.</summary>
    public static readonly AuditKind PasswordSet = new("user.password.set", "A first password was set");

    /// <summary>
    /// A password was changed. Reason <c>reset</c>: somebody else changed it. Reason <c>code</c>: it was changed with a code that was sent
    /// to the user.
    /// </summary>
    public static readonly AuditKind PasswordChanged = new("user.password.changed", "A password was changed or reset");

    /// <summary>A factor was added. The detail names the factor.</summary>
    public static readonly AuditKind FactorAdded = new("user.factor.added", "A factor was added");

    /// <summary>A factor was removed. The detail names the factor.</summary>
    public static readonly AuditKind FactorRemoved = new("user.factor.removed", "A factor was removed");

    /// <summary>
    /// Wrong answers blocked a factor for a time. The detail names the factor. The reason says who is blocked: the <c>source</c> of the
    /// answers, all <c>strangers</c>, or <c>everybody</c>.
    /// </summary>
    public static readonly AuditKind FactorBlocked = new("user.factor.blocked", "A factor was blocked for a time after wrong answers");

    /// <summary>
    /// A code was issued that verifies an address, resets a password, invites a user or registers a passkey. The detail says which.
    /// </summary>
    public static readonly AuditKind CodeIssued = new("user.code.issued", "A code was issued");

    /// <summary>A user was linked to an account at an identity provider. The detail names the provider.</summary>
    public static readonly AuditKind LinkAdded = new("user.link.added", "An account at an identity provider was linked");

    /// <summary>A link to an account at an identity provider was removed. The detail names the provider.</summary>
    public static readonly AuditKind LinkRemoved = new("user.link.removed", "A link to an identity provider was removed");

    /// <summary>A personal access token was created. The detail is its id.</summary>
    public static readonly AuditKind AccessTokenAdded = new("user.access_token.added", "A personal access token was made");

    /// <summary>A personal access token was removed. The detail is its id.</summary>
    public static readonly AuditKind AccessTokenRemoved = new("user.access_token.removed", "A personal access token was removed");

    /// <summary>A service account's secret was set or replaced.</summary>
    public static readonly AuditKind SecretSet = new("user.secret.set", "A service account's secret was set");

    /// <summary>A service account's secret was removed.</summary>
    public static readonly AuditKind SecretRemoved = new("user.secret.removed", "A service account's secret was removed");

    /// <summary>A key with which a service account signs was added. The detail is its id.</summary>
    public static readonly AuditKind KeyAdded = new("user.key.added", "A service account's key was added");

    /// <summary>A key of a service account was removed. The detail is its id.</summary>
    public static readonly AuditKind KeyRemoved = new("user.key.removed", "A service account's key was removed");

    // Users: roles.

    /// <summary>Administrator roles were granted or replaced. The detail lists the roles and where they apply.</summary>
    public static readonly AuditKind RolesGranted = new("user.roles.granted", "Administrator roles were granted");

    /// <summary>Administrator roles were removed. The detail lists the roles and where they applied.</summary>
    public static readonly AuditKind RolesRemoved = new("user.roles.removed", "Administrator roles were removed");

    // Logins at identity providers.

    /// <summary>
    /// A person came back from an identity provider, and the login there succeeded or failed. Target: the linked user, otherwise the
    /// provider.
    /// </summary>
    public static readonly AuditKind ProviderLogin = new("identity_provider.login", "A login at an identity provider ended");

    // What applications receive through OpenID Connect and SAML. Target: the user. The event also has the session and the client.

    /// <summary>A client was authorized for a user. The detail lists the scopes.</summary>
    public static readonly AuditKind AuthorizationGranted = new("oauth.authorization.granted", "A client was let in for a user");

    /// <summary>The person or the login frontend refused the request of a client.</summary>
    public static readonly AuditKind AuthorizationDenied = new("oauth.authorization.denied", "A client was not let in");

    /// <summary>All tokens of an authorization were revoked. Reason <c>reused</c>: a code or refresh token was used twice.</summary>
    public static readonly AuditKind AuthorizationRevoked = new(
        "oauth.authorization.revoked",
        "All tokens of an authorization were revoked"
    );

    /// <summary>A client got an access token. The detail is its id.</summary>
    public static readonly AuditKind TokenIssued = new("oauth.token.issued", "An access token was issued");

    /// <summary>A client got a new access token for a refresh token. The detail is its id.</summary>
    public static readonly AuditKind TokenRefreshed = new("oauth.token.refreshed", "An access token was refreshed");

    /// <summary>
    /// An access token was revoked. The detail is its id. Reason <c>limit</c>: the authorization has so many that the oldest one ends.
    /// </summary>
    public static readonly AuditKind TokenRevoked = new("oauth.token.revoked", "An access token was revoked");

    /// <summary>A login at a SAML service provider succeeded or failed. The detail is the provider's entity id.</summary>
    public static readonly AuditKind SamlLogin = new("saml.login", "A login was told to a SAML service provider");

    // The instance: registrations, keys, settings.

    /// <summary>An organization was created.</summary>
    public static readonly AuditKind OrganizationCreated = new("organization.created", "An organization was created");

    /// <summary>An organization got another name.</summary>
    public static readonly AuditKind OrganizationRenamed = new("organization.renamed", "An organization was renamed");

    /// <summary>An organization was deactivated: its people cannot log in.</summary>
    public static readonly AuditKind OrganizationDeactivated = new("organization.deactivated", "An organization was deactivated");

    /// <summary>
    /// An organization was activated. Reason <c>last_owner</c>: a deactivation or deletion was taken back, because the last owner belongs
    /// to the organization.
    /// </summary>
    public static readonly AuditKind OrganizationActivated = new("organization.activated", "An organization was activated");

    /// <summary>An organization was deleted. Its people are deleted after that.</summary>
    public static readonly AuditKind OrganizationDeleted = new("organization.deleted", "An organization was deleted");

    /// <summary>A domain was added to an organization. The detail is the domain.</summary>
    public static readonly AuditKind OrganizationDomainAdded = new("organization.domain.added", "A domain was added to an organization");

    /// <summary>An organization proved that a domain is its own. The detail is the domain.</summary>
    public static readonly AuditKind OrganizationDomainVerified = new("organization.domain.verified", "A domain was verified");

    /// <summary>A domain was removed from an organization. The detail is the domain.</summary>
    public static readonly AuditKind OrganizationDomainRemoved = new("organization.domain.removed", "A domain was removed");

    /// <summary>Metadata of an organization was set or removed. The detail is the key.</summary>
    public static readonly AuditKind OrganizationMetadataChanged = new(
        "organization.metadata.changed",
        "Metadata of an organization was changed"
    );

    /// <summary>An OpenID Connect client was registered.</summary>
    public static readonly AuditKind ClientCreated = new("oidc_client.created", "An OpenID Connect client was registered");

    /// <summary>An OpenID Connect client was changed.</summary>
    public static readonly AuditKind ClientChanged = new("oidc_client.changed", "An OpenID Connect client was changed");

    /// <summary>An OpenID Connect client got a new secret.</summary>
    public static readonly AuditKind ClientSecretSet = new("oidc_client.secret.set", "An OpenID Connect client got another secret");

    /// <summary>An OpenID Connect client was removed.</summary>
    public static readonly AuditKind ClientDeleted = new("oidc_client.deleted", "An OpenID Connect client was removed");

    /// <summary>A SAML service provider was registered.</summary>
    public static readonly AuditKind ServiceProviderCreated = new("service_provider.created", "A SAML service provider was registered");

    /// <summary>A SAML service provider was changed.</summary>
    public static readonly AuditKind ServiceProviderChanged = new("service_provider.changed", "A SAML service provider was changed");

    /// <summary>A SAML service provider was removed.</summary>
    public static readonly AuditKind ServiceProviderDeleted = new("service_provider.deleted", "A SAML service provider was removed");

    /// <summary>An identity provider was added.</summary>
    public static readonly AuditKind ProviderCreated = new("identity_provider.created", "An identity provider was added");

    /// <summary>An identity provider was changed.</summary>
    public static readonly AuditKind ProviderChanged = new("identity_provider.changed", "An identity provider was changed");

    /// <summary>An identity provider was removed.</summary>
    public static readonly AuditKind ProviderDeleted = new("identity_provider.deleted", "An identity provider was removed");

    /// <summary>A signing key was created. The detail names the protocol.</summary>
    public static readonly AuditKind SigningKeyCreated = new("signing_key.created", "A signing key was made");

    /// <summary>A signing key was withdrawn, or is no longer published.</summary>
    public static readonly AuditKind SigningKeyRemoved = new("signing_key.removed", "A signing key was withdrawn");

    /// <summary>A node started. The detail lists its settings, without secrets.</summary>
    public static readonly AuditKind ConfigurationLoaded = new("configuration.loaded", "A node started with its settings");

    /// <summary>All kinds, by name.</summary>
    public static FrozenDictionary<string, AuditKind> All { get; } =
        typeof(AuditKinds)
            .GetFields()
            .Where(field => field.FieldType == typeof(AuditKind))
            .Select(field => (AuditKind)field.GetValue(null)!)
            .ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);
}
