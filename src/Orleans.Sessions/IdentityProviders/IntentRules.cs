using System.Buffers.Text;
using System.Collections.Frozen;
using Orleans.Sessions.Addresses;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>When an intent may be used and by whom, and how failures are shown to the browser. Pure functions.</summary>
internal static class IntentRules
{
    private const int MaxUrl = 2048;

    /// <summary>How long a browser may come back with what it came back with before.</summary>
    private static readonly TimeSpan s_reload = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The errors of RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6 that are passed on by their code. The provider's own text is not
    /// passed on: it would look like a message of this service.
    /// </summary>
    private static readonly FrozenDictionary<string, string> s_refusals = new Dictionary<string, string>
    {
        ["access_denied"] = "The login was denied",
        ["login_required"] = "The identity provider requires a login",
        ["consent_required"] = "The identity provider requires consent",
        ["interaction_required"] = "The identity provider requires an interaction",
        ["account_selection_required"] = "The identity provider requires an account to be chosen",
        ["invalid_request"] = "The identity provider did not accept the request",
        ["invalid_scope"] = "The identity provider did not accept the scopes",
        ["unauthorized_client"] = "The identity provider did not accept this client",
        ["unsupported_response_type"] = "The identity provider did not accept the response type",
        ["server_error"] = "The identity provider had an internal error",
        ["temporarily_unavailable"] = "The identity provider is not available at present",
    }.ToFrozenDictionary();

    /// <summary>Fails with <c>COMMAND-x8j3bk</c> or <c>COMMAND-x8j4bk</c> unless this caller may send the browser to both URLs.</summary>
    public static void EnsureReturnUrls(ReturnAddresses addresses, Caller caller, StartIntent command)
    {
        addresses.Ensure(caller, Short(command.SuccessUrl), SessionErrors.IntentSuccessUrlInvalid, SessionErrors.IntentSuccessUrlForeign);
        addresses.Ensure(caller, Short(command.FailureUrl), SessionErrors.IntentFailureUrlInvalid, SessionErrors.IntentFailureUrlForeign);

        static string Short(string url) => url.Length <= MaxUrl ? url : "";
    }

    /// <summary>Whether this browser may finish the login: the login is bound to it, or to no browser.</summary>
    public static bool IsOf(IntentRecord intent, string? browser) =>
        intent.TicketHash is null || (browser is not null && intent.BrowserHash is { } hash && TokenHash.Matches(hash.AsSpan(), browser));

    /// <summary>
    /// Until when a browser that has finished the login may come back. The success is the last change before the use, and a reload changes
    /// nothing, so reloads do not prolong the time.
    /// </summary>
    public static DateTimeOffset ReloadEnd(IntentRecord intent) => intent.ChangedAt + s_reload;

    /// <summary>Whether this browser has finished the login a moment ago, and nobody has used it yet.</summary>
    public static bool IsBack(IntentRecord intent, string? browser, DateTimeOffset now) =>
        intent.State == IntentState.Succeeded
        && intent.ExpiresAt > now
        && ReloadEnd(intent) > now
        && browser is not null
        && intent.BrowserHash is { } hash
        && TokenHash.Matches(hash.AsSpan(), browser);

    /// <summary>
    /// Fails with <c>CRYPTO-…</c> unless it is the intent's token. For an intent without a token, or without a record, every token is
    /// wrong.
    /// </summary>
    public static void EnsureToken(IntentRecord? intent, string token)
    {
        if (token.Length == 0)
        {
            throw new SessionException(SessionErrors.IntentTokenEmpty);
        }

        if (!Base64Url.IsValid(token))
        {
            throw new SessionException(SessionErrors.IntentTokenNotEncoded);
        }

        if (token.Length != IntentTokens.TokenLength)
        {
            throw new SessionException(SessionErrors.IntentTokenMalformed);
        }

        if (intent?.TokenHash is not { } hash || !TokenHash.Matches(hash.AsSpan(), token))
        {
            throw new SessionException(SessionErrors.IntentTokenWrong);
        }
    }

    /// <summary>
    /// The intent, if this caller may read its result. Fails with <c>CRYPTO-…</c>, <c>IDP-Strt1</c>, <c>IDP-nme4gszsvx</c> or
    /// <c>IDP-Afb2s</c>.
    /// </summary>
    public static IntentRecord Readable(IntentRecord? intent, Caller caller, string token, DateTimeOffset now)
    {
        EnsureToken(intent, token);
        EnsureStarter(intent!, caller);
        return intent switch
        {
            not { State: IntentState.Succeeded } => throw new SessionException(SessionErrors.IntentUsedUp),
            _ when intent.ExpiresAt <= now => throw new SessionException(SessionErrors.IntentResultExpired),
            _ => intent,
        };
    }

    /// <summary>
    /// The intent, if this caller may use it in a session of this user. Fails with <c>CRYPTO-…</c>, <c>IDP-Strt1</c>, <c>Df4bw</c>,
    /// <c>SAf42</c> or <c>O8xk3w</c>.
    /// </summary>
    public static IntentRecord Usable(IntentRecord? intent, Caller caller, string token, string userId, DateTimeOffset now)
    {
        EnsureToken(intent, token);
        EnsureStarter(intent!, caller);
        return intent switch
        {
            not { State: IntentState.Succeeded } => throw new SessionException(SessionErrors.IntentNotSucceeded),
            _ when intent.ExpiresAt <= now => throw new SessionException(SessionErrors.IntentExpired),
            { UserId: { } linked } when linked != userId => throw new SessionException(SessionErrors.IntentOtherUser),
            _ => intent,
        };
    }

    /// <summary>
    /// Anyone who follows a link to the genuine login page returns with their own login. The result is therefore only for the caller who
    /// started the login, in the same session, and for login frontends, which log in any person.
    /// </summary>
    private static void EnsureStarter(IntentRecord intent, Caller caller)
    {
        if (
            !caller.IsLoginFrontend
            && (intent.StarterId.Length == 0 || intent.StarterId != caller.UserId || intent.StarterSessionId != caller.SessionId)
        )
        {
            throw new SessionException(SessionErrors.IntentStarterOther);
        }
    }

    /// <summary>The error and description for the failure URL when the provider refuses the login.</summary>
    public static (string Error, string Description) Refusal(string? error) =>
        error is not null && s_refusals.TryGetValue(error, out var description)
            ? (error, description)
            : (SessionErrors.IntentLoginRefused.Id, SessionErrors.IntentLoginRefused.Text);

    /// <summary>The intent's sequence, change date and instance.</summary>
    public static IntentDetails Details(IntentRecord intent, string instanceId) => new(intent.Sequence, intent.ChangedAt, instanceId);

    /// <summary>The external identity that logged in.</summary>
    public static IdentityLink Identity(IntentRecord intent) => new(intent.ProviderId, intent.ExternalId!, intent.ExternalName!);
}
