using Orleans.Sessions.Projects;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage;

/// <summary>The statements that do what a state changes in other tables. They are the same for both databases.</summary>
internal static class EffectSteps
{
    private static readonly InsertStatement s_happened = new(
        "session_event",
        new("service_id", SqlType.Text),
        new("session_id", SqlType.Text),
        new("user_id", SqlType.Text),
        new("sequence", SqlType.Long),
        new("type", SqlType.Text),
        new("reason", SqlType.Text),
        new("at", SqlType.Long)
    );

    private static readonly InsertStatement s_linkIdentity = new(
        "user_identity",
        new("service_id", SqlType.Text),
        new("provider_id", SqlType.Text),
        new("external_id", SqlType.Text),
        new("user_id", SqlType.Text)
    );

    private static readonly string s_oweLogouts = SqlText.Of("Writing.OweLogouts");
    private static readonly string s_forgetClients = SqlText.Of("Writing.ForgetClients");
    private static readonly string s_keepSamlRequests = SqlText.Of("Writing.KeepSamlRequests");
    private static readonly string s_keepSamlLogins = SqlText.Of("Writing.KeepSamlLogins");
    private static readonly string s_clientLoggedIn = SqlText.Of("Writing.ClientLoggedIn");
    private static readonly string s_releaseSamlRequest = SqlText.Of("Writing.ReleaseSamlRequest");
    private static readonly string s_samlLoggedIn = SqlText.Of("Writing.ServiceProviderLoggedIn");
    private static readonly string s_holdSamlRequest = SqlText.Of("Writing.HoldSamlRequest");
    private static readonly string s_queueMessage = SqlText.Of("Writing.QueueMessage");
    private static readonly string s_dropMessages = SqlText.Of("Writing.DropMessages");
    private static readonly string s_unlinkIdentity = SqlText.Of("Writing.UnlinkIdentity");
    private static readonly string s_assignRoles = SqlText.Of("Writing.AssignRoles");
    private static readonly string s_unassignRoles = SqlText.Of("Writing.UnassignRoles");
    private static readonly string s_unassignAllRoles = SqlText.Of("Writing.UnassignAllRoles");
    private static readonly string s_gainOwner = SqlText.Of("Writing.GainOwner");
    private static readonly string s_loseOwner = SqlText.Of("Writing.LoseOwner");
    private static readonly CheckedStatement s_findOwner = new(SqlText.Of("Writing.FindOwner"), StorageFault.LastOwner);
    private static readonly CheckedStatement s_claimEmail = new(SqlText.Of("Writing.ClaimEmail"), StorageFault.UniqueViolation);

    /// <summary>The statements of an effect of the state <paramref name="key"/>.</summary>
    public static IEnumerable<WriteStep> Of(StateEffect effect, string service, string key) =>
        effect switch
        {
            SessionHappened happened => Of(happened, service),
            LoginsEnded ended => Of(ended, service, key),
            ClientLoggedIn login => Of(login, service),
            ServiceProviderLoggedIn login => Of(login, service, key),
            MessageQueued message => Of(message, service, key),
            MessagesDropped => [Run(s_dropMessages, SqlValue.Of(service), SqlValue.Of(key))],
            IdentityLinked link => Of(link, service),
            IdentityUnlinked link =>
            [
                Run(s_unlinkIdentity, SqlValue.Of(service), SqlValue.Of(link.ProviderId), SqlValue.Of(link.ExternalId)),
            ],
            OwnerGained => [Run(s_gainOwner, SqlValue.Of(service), SqlValue.Of(key))],
            OwnerLost => LoseOwner(service, key),
            EmailClaimed claimed => Of(claimed, service, key),
            RolesAssigned assigned => Of(assigned.Assignment, service, key),
            RolesUnassigned gone => [Run(s_unassignRoles, SqlValue.Of(service), SqlValue.Of(key), SqlValue.Of(gone.Id))],
            AllRolesUnassigned => [Run(s_unassignAllRoles, SqlValue.Of(service), SqlValue.Of(key))],
            _ => throw new NotSupportedException($"The effect {effect.GetType().Name} is not supported."),
        };

    private static IEnumerable<WriteStep> Of(SessionHappened happened, string service) =>
        [
            new AddRow(
                s_happened,
                [
                    SqlValue.Of(service),
                    SqlValue.Of(happened.SessionId),
                    SqlValue.Of(happened.UserId),
                    SqlValue.Of(happened.Sequence),
                    SqlValue.Of(happened.Type),
                    SqlValue.Of(happened.Reason),
                    SqlValue.Of(happened.At),
                ]
            ),
        ];

    private static IEnumerable<WriteStep> Of(LoginsEnded ended, string service, string key)
    {
        var (of, at, until) = (SqlValue.Of(key), SqlValue.Of(ended.At), SqlValue.Of(ended.SamlUntil));
        return
        [
            Run(s_oweLogouts, SqlValue.Of(service), of, SqlValue.Of(ended.SessionId), SqlValue.Of(ended.Reason), at),
            Run(s_forgetClients, SqlValue.Of(service), of),
            Run(s_keepSamlRequests, SqlValue.Of(service), of, until),
            Run(s_keepSamlLogins, SqlValue.Of(service), of, until),
        ];
    }

    private static IEnumerable<WriteStep> Of(ClientLoggedIn login, string service) =>
        [
            Run(
                s_clientLoggedIn,
                SqlValue.Of(service),
                SqlValue.Of(login.SessionKey),
                SqlValue.Of(login.ClientId),
                SqlValue.Of(login.Issuer),
                SqlValue.Of(login.UserId)
            ),
        ];

    private static IEnumerable<WriteStep> Of(ServiceProviderLoggedIn login, string service, string key)
    {
        SqlValue[] at =
        [
            SqlValue.Of(service),
            SqlValue.Of(login.SessionKey),
            SqlValue.Of(login.EntityId),
            SqlValue.Of(login.NameId),
            SqlValue.Of(login.SessionIndex),
        ];
        return
        [
            Run(s_releaseSamlRequest, at),
            Run(s_samlLoggedIn, [.. at, SqlValue.Of(key), SqlValue.Of(login.At)]),
            Run(s_holdSamlRequest, SqlValue.Of(service), SqlValue.Of(key), SqlValue.Of(login.SessionKey)),
        ];
    }

    private static IEnumerable<WriteStep> Of(MessageQueued message, string service, string key) =>
        [
            Run(
                s_queueMessage,
                SqlValue.Of(service),
                SqlValue.Of(key),
                SqlValue.Of(message.Kind),
                SqlValue.Of(message.Id),
                SqlValue.Of(message.Content),
                SqlValue.Of(message.SentEvent),
                SqlValue.Of(message.SessionId),
                SqlValue.Of(message.UserId),
                SqlValue.Of(message.DueAt),
                SqlValue.Of(message.ExpiresAt)
            ),
        ];

    private static IEnumerable<WriteStep> Of(IdentityLinked link, string service) =>
        [
            new AddRow(
                s_linkIdentity,
                [SqlValue.Of(service), SqlValue.Of(link.ProviderId), SqlValue.Of(link.ExternalId), SqlValue.Of(link.UserId)]
            ),
        ];

    /// <summary>Of two owners who remove each other's role at the same time, the second one waits here, and finds no other owner.</summary>
    private static IEnumerable<WriteStep> LoseOwner(string service, string key) =>
        [
            new TakeLock($"instance_owner {service}"),
            Run(s_loseOwner, SqlValue.Of(service), SqlValue.Of(key)),
            new RunChecked(s_findOwner, [SqlValue.Of(service)]),
        ];

    /// <summary>Of two users who verify the same address at the same time, the second one waits here, and finds the first one.</summary>
    private static IEnumerable<WriteStep> Of(EmailClaimed claimed, string service, string key) =>
        [
            new TakeLock($"verified_email {service} {claimed.EmailKey}"),
            new RunChecked(s_claimEmail, [SqlValue.Of(service), SqlValue.Of(key), SqlValue.Of(claimed.EmailKey)]),
        ];

    private static IEnumerable<WriteStep> Of(RoleAssignment assignment, string service, string key)
    {
        var keys = RoleKeys.Of(assignment.Roles.Select(role => role.Key));
        return
        [
            Run(
                s_assignRoles,
                SqlValue.Of(service),
                SqlValue.Of(assignment.Id),
                SqlValue.Of(key),
                SqlValue.Of(assignment.ProjectId),
                SqlValue.Of(assignment.ProjectCreatedAt),
                SqlValue.Of(assignment.OrganizationId),
                SqlValue.Of(assignment.IsInactive),
                SqlValue.Of(keys),
                SqlValue.Of(TextKey.Of(keys)),
                SqlValue.Of(assignment.CreatedAt),
                SqlValue.Of(assignment.ChangedAt)
            ),
        ];
    }

    private static RunStatement Run(string text, params SqlValue[] values) => new(text, values);
}
