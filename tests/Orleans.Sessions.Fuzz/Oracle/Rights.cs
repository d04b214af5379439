using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Oracle;

/// <summary>
/// The rights of callers: a model that is much simpler than the service, and that forbids by default. It lists what ordinary users may do.
/// A new method of the contract must be listed here before an ordinary user may succeed with it.
/// </summary>
public static class Rights
{
    /// <summary>What needs no token.</summary>
    private const string Healthz = "Healthz";

    /// <summary>What ordinary users may do only to themselves.</summary>
    private static readonly HashSet<string> s_self =
    [
        "GetUserByID",
        "SetEmail",
        "ResendEmailCode",
        "SendEmailCode",
        "VerifyEmail",
        "SetPhone",
        "RemovePhone",
        "ResendPhoneCode",
        "VerifyPhone",
        "UpdateUser",
        "UpdateHumanUser",
        "RegisterPasskey",
        "VerifyPasskeyRegistration",
        "ListPasskeys",
        "ListAuthenticators",
        "RemovePasskey",
        "RegisterU2F",
        "VerifyU2FRegistration",
        "RemoveU2F",
        "RegisterTOTP",
        "VerifyTOTPRegistration",
        "RemoveTOTP",
        "AddOTPSMS",
        "RemoveOTPSMS",
        "AddOTPEmail",
        "RemoveOTPEmail",
        "ListIDPLinks",
        "RemoveIDPLink",
        "AddIDPLink",
        "PasswordReset",
        "SetPassword",
        "ListAuthenticationMethodTypes",
        "ListAuthenticationFactors",
        "GenerateRecoveryCodes",
        "RemoveRecoveryCodes",
        "HumanMFAInitSkipped",
        "ListUserMetadata",
        "GetUserRoles",
        "DeleteUserSessions",
        "VerifyInviteCode",
        "RemovePersonalAccessToken",
        "DeleteUser",
        "ListUserGrants",
        "RevokeUserGrants",
        "AddSecret",
        "RemoveSecret",
        "AddKey",
        "RemoveKey",
        "AddPersonalAccessToken",
        "SetUserMetadata",
        "DeleteUserMetadata",
    ];

    /// <summary>What every caller with a token may do. Lists contain only what the caller may see.</summary>
    private static readonly HashSet<string> s_everybody =
    [
        "ListUsers",
        "ListSessions",
        "ListKeys",
        "ListPersonalAccessTokens",
        "ListOrganizations",
        "StartIdentityProviderIntent",
        "RetrieveIdentityProviderIntent",
        "GetIDPByID",
        "GetGeneralSettings",
        "GetLoginSettings",
        "GetActiveIdentityProviders",
        "GetPasswordComplexitySettings",
        "GetPasswordExpirySettings",
        "GetDomainSettings",
        "GetBrandingSettings",
        "GetLegalAndSupportSettings",
        "GetLockoutSettings",
        "GetHostedLoginTranslation",
        "GetSystemFeatures",
        "GetInstanceFeatures",
        "GetOrganizationFeatures",
        "GetUserFeatures",
        "SearchEvents",
        "ListEventKinds",
        "ListAdministrators",
        "ListProjects",
        "ListProjectGrants",
        "ListApplications",
        "ListApplicationKeys",
        "ListAuthorizations",
        "ListRoleAssignments",
        "GetMyUser",
        "GetIAM",
        "ListBrokenPasswordRules",
        "ListSessionsByToken",
    ];

    /// <summary>What ordinary users may do to their own sessions.</summary>
    private static readonly HashSet<string> s_ownSession =
    [
        "GetSession",
        "DeleteSession",
        "GetSessionEvaluation",
        "ListSessionApplications",
        "EndSessionApplication",
        "SetDeviceName",
    ];

    /// <summary>What belongs to the instance. Neither managers of an organization nor login frontends may do it.</summary>
    private static readonly HashSet<string> s_instance =
    [
        .. new[] { "OidcClientService", "ServiceProviderService", "SigningKeyService", "WebKeyService", "IdentityProviderAdminService" }
            .SelectMany(service => Operation.All.Where(operation => operation.Method.Service.Name == service))
            .Select(operation => operation.Name),
        .. Operation.All.Select(operation => operation.Name).Where(name => name.EndsWith("Provider", StringComparison.Ordinal)),
        "AddOrganization",
        "AddIDPToLoginPolicy",
        "RemoveIDPFromLoginPolicy",
        "SetSecuritySettings",
        "SetHostedLoginTranslation",
        "SetSystemFeatures",
        "ResetSystemFeatures",
        "SetInstanceFeatures",
        "ResetInstanceFeatures",
        "CreateLoginClient",
    ];

    /// <summary>What only login frontends may do.</summary>
    private static readonly HashSet<string> s_loginFrontend =
    [
        "CreateSession",
        "SetSession",
        "CreateCallback",
        "CreateResponse",
        "AuthorizeOrDenyDeviceAuthorization",
        "GetAuthRequest",
        "GetSAMLRequest",
        "GetDeviceAuthorizationRequest",
    ];

    /// <summary>What no caller may do to themselves, whatever they may do to others.</summary>
    private static readonly HashSet<string> s_notToOneself = ["LockUser", "DeactivateUser"];

    /// <param name="exchange">The request and its answer.</param>
    /// <param name="secrets">Texts that no answer may contain.</param>
    public static IEnumerable<Finding> Judge(Exchange exchange, SearchValues<string> secrets)
    {
        var (caller, reply) = (exchange.Caller, exchange.Reply);
        if (reply.IsSuccess && (exchange.MustFail || exchange.Meaning is { } meaning && !MaySucceed(caller, meaning)))
        {
            yield return new Finding(
                Fault.WronglyAllowed,
                $"{caller.Name} succeeded with {exchange.Meaning?.Operation ?? exchange.Request.Target}",
                exchange
            );
        }

        if (Shown(caller, exchange, secrets) is { } shown)
        {
            yield return new Finding(Fault.WronglyAllowed, $"{caller.Name} was shown {shown}", exchange);
        }
    }

    private static bool MaySucceed(Caller caller, Meaning meaning)
    {
        var (name, target) = (meaning.Operation, TextOf(meaning.Message, "userId"));
        return name == Healthz
            || (target != caller.UserId || !s_notToOneself.Contains(name))
                && caller.Kind switch
                {
                    CallerKind.Nobody or CallerKind.BadToken => false,
                    CallerKind.Ordinary => s_everybody.Contains(name)
                        || (s_self.Contains(name) && target == caller.UserId)
                        || (s_ownSession.Contains(name) && caller.Sessions.Contains(TextOf(meaning.Message, "sessionId"))),
                    CallerKind.Manager => !s_instance.Contains(name) && !s_loginFrontend.Contains(name),
                    CallerKind.LoginClient => !s_instance.Contains(name) && !name.EndsWith("Administrator", StringComparison.Ordinal),
                    _ => true,
                };
    }

    /// <summary>The text of another user in an answer that this caller must not see.</summary>
    private static string? Shown(Caller caller, Exchange exchange, SearchValues<string> secrets)
    {
        var text = exchange.Reply.Text;
        var head = string.Join('\n', exchange.Reply.Headers.Select(header => header.Value));
        return HoldsOthers(text, secrets, exchange) || HoldsOthers(head, secrets, exchange) ? "somebody's secret"
            : caller.IsAttacker && Holds(text, FuzzWorld.PersonMark, exchange) ? "what is private of a person elsewhere"
            : caller.Kind < CallerKind.Manager && Holds(text, FuzzWorld.BossMark, exchange) ? "what is private of an owner"
            : null;
    }

    private static bool HoldsOthers(string text, SearchValues<string> secrets, Exchange exchange)
    {
        var at = text.AsSpan().IndexOfAny(secrets);
        return at >= 0 && !Sent(exchange).Contains(text.Substring(at, Math.Min(20, text.Length - at)), StringComparison.Ordinal);
    }

    /// <summary>An answer may repeat what its client has sent.</summary>
    private static bool Holds(string text, string mark, Exchange exchange) =>
        text.Contains(mark, StringComparison.Ordinal) && !Sent(exchange).Contains(mark, StringComparison.Ordinal);

    private static string Sent(Exchange exchange) =>
        exchange.Request.Target
        + string.Concat(exchange.Request.Headers.Select(header => header.Value))
        + Encoding.Latin1.GetString(exchange.Request.Body ?? []);

    private static string TextOf(JsonObject message, string name) =>
        message[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
