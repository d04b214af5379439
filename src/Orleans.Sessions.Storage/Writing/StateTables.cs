using System.Collections.Concurrent;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage;

/// <summary>The tables of all kinds of states. A new column needs a migration for each database.</summary>
internal static class StateTables
{
    public static readonly StateTable Session = StateTable.Own<SessionColumns>(
        StateNames.Session,
        "session_state",
        Column<SessionColumns>.Text("user_id", session => session.UserId),
        Column<SessionColumns>.Text("organization_id", session => session.OrganizationId),
        Column<SessionColumns>.Text("creator_id", session => session.CreatorId),
        Column<SessionColumns>.Text("fingerprint_id", session => session.FingerprintId),
        Column<SessionColumns>.Time("created_at", session => session.CreatedAt),
        Column<SessionColumns>.Time("expires_at", session => session.ExpiresAt),
        Column<SessionColumns>.Time("ended_at", session => session.EndedAt),
        Column<SessionColumns>.Time("expiry_published_at", session => session.ExpiryPublishedAt),
        Column<SessionColumns>.Integer("user_epoch", session => session.UserEpoch)
    );

    public static readonly StateTable User = StateTable.Own<UserColumns>(
        StateNames.User,
        "user_state",
        Column<UserColumns>.Text("user_id", user => user.UserId),
        Column<UserColumns>.Integer("state", user => (int)user.State),
        Column<UserColumns>.Integer("kind", user => (int)user.Kind),
        Column<UserColumns>.Text("organization_id", user => user.OrganizationId),
        Column<UserColumns>.Text("login_name", user => user.LoginName),
        Column<UserColumns>.Text("login_name_key", user => user.LoginNameKey),
        Column<UserColumns>.Text("user_name", user => user.UserName),
        Column<UserColumns>.Text("user_name_key", user => Folded(user.UserName)),
        Column<UserColumns>.Text("given_name", user => user.GivenName),
        Column<UserColumns>.Text("given_name_key", user => Folded(user.GivenName)),
        Column<UserColumns>.Text("family_name", user => user.FamilyName),
        Column<UserColumns>.Text("family_name_key", user => Folded(user.FamilyName)),
        Column<UserColumns>.Text("nick_name", user => user.NickName),
        Column<UserColumns>.Text("nick_name_key", user => Folded(user.NickName)),
        Column<UserColumns>.Text("display_name", user => user.DisplayName),
        Column<UserColumns>.Text("display_name_key", user => Folded(user.DisplayName)),
        Column<UserColumns>.Text("email", user => user.Email),
        Column<UserColumns>.Text("email_key", user => Folded(user.Email)),
        Column<UserColumns>.Text("verified_email_key", user => user.IsEmailVerified ? Folded(user.Email) : null),
        Column<UserColumns>.Text("phone", user => user.Phone),
        Column<UserColumns>.Time("created_at", user => user.CreatedAt),
        Column<UserColumns>.Time("password_changed_at", user => user.PasswordChangedAt),
        Column<UserColumns>.Integer("session_epoch", user => user.SessionEpoch),
        Column<UserColumns>.Time("epoch_changed_at", user => user.EpochChangedAt),
        Column<UserColumns>.Boolean("ending_sessions", user => user.EndingSessions)
    );

    public static readonly StateTable Intent = StateTable.Own<IntentColumns>(
        StateNames.Intent,
        "intent_state",
        Column<IntentColumns>.Time("gone_at", intent => intent.GoneAt)
    );

    public static readonly StateTable Authorization = StateTable.Own<AuthorizationColumns>(
        StateNames.Authorization,
        "authorization_state",
        Column<AuthorizationColumns>.Text("session_key", authorization => authorization.SessionKey),
        Column<AuthorizationColumns>.Text("user_id", authorization => authorization.UserId),
        Column<AuthorizationColumns>.Text("client_id", authorization => authorization.ClientId),
        Column<AuthorizationColumns>.Time("expires_at", authorization => authorization.ExpiresAt)
    );

    public static readonly StateTable SamlRequest = StateTable.Own<SamlRequestColumns>(
        StateNames.SamlRequest,
        "saml_request_state",
        Column<SamlRequestColumns>.Time("expires_at", request => request.ExpiresAt),
        Column<SamlRequestColumns>.Time("purge_at", request => request.ExpiresAt) with
        {
            IsSetOnce = true,
        }
    );

    public static readonly StateTable SamlLogout = StateTable.Own<SamlLogoutColumns>(
        StateNames.SamlLogout,
        "saml_logout_state",
        Column<SamlLogoutColumns>.Time("expires_at", logout => logout.ExpiresAt)
    );

    public static readonly StateTable SamlArtifact = StateTable.Own<SamlArtifactColumns>(
        StateNames.SamlArtifact,
        "saml_artifact_state",
        Column<SamlArtifactColumns>.Time("expires_at", artifact => artifact.ExpiresAt)
    );

    private static readonly ConcurrentDictionary<string, StateTable> s_tables = new(
        new[] { Session, User, Intent, Authorization, SamlRequest, SamlLogout, SamlArtifact }.ToDictionary(table => table.Name)
    );

    /// <summary>The table of a kind of state.</summary>
    public static StateTable Of(string stateName) => s_tables.GetOrAdd(stateName, StateTable.Common);

    private static string? Folded(string? text) => text is null ? null : TextKey.Of(SqlValue.Storable(text));
}
