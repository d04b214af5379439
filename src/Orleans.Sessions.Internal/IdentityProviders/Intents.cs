using System.Text;

namespace Orleans.Sessions;

/// <summary>The command that starts a login at an external provider.</summary>
/// <param name="ProviderId">The provider.</param>
/// <param name="SuccessUrl">Where the browser goes after a successful login, with the intent id and the token; at most 2048 characters. Its
/// origin must be registered (<c>Sessions:ReturnAddresses:Origins</c>). If no origin is registered, login frontends may name any https or
/// loopback address, and other callers may name addresses of this service and its login pages.</param>
/// <param name="FailureUrl">Where the browser goes after a failed login. The same rules apply.</param>
/// <param name="CallbackUrl">The address to which the provider sends the browser back: this service's callback, as the browser reaches
/// it.</param>
/// <param name="StartUrl">Where the browser begins if the login is bound to a browser: this service's start address, ending with a slash.
/// <c>null</c> if the login is bound to no browser.</param>
/// <param name="BindToBrowser">Whether only the browser that begins the login may finish it. <c>null</c> takes the setting
/// <c>Sessions:Intents:BindToBrowser</c>.</param>
[GenerateSerializer, Immutable, Alias("sessions.StartIntent")]
public sealed record StartIntent(
    [property: Id(0)] string ProviderId,
    [property: Id(1)] string SuccessUrl,
    [property: Id(2)] string FailureUrl,
    [property: Id(3)] string CallbackUrl,
    [property: Id(4)] string? StartUrl = null,
    [property: Id(5)] bool? BindToBrowser = null
);

/// <summary>A started login.</summary>
/// <param name="AuthUrl">Where the browser goes now.</param>
/// <param name="Details">The state of the intent.</param>
[GenerateSerializer, Immutable, Alias("sessions.StartedIntent")]
public sealed record StartedIntent([property: Id(0)] string AuthUrl, [property: Id(1)] IntentDetails Details);

/// <summary>The beginning of a login that is bound to a browser.</summary>
[GenerateSerializer, Immutable, Alias("sessions.BegunIntent")]
public sealed record BegunIntent
{
    /// <summary>The provider's login page.</summary>
    [Id(0)]
    public required string AuthUrl { get; init; }

    /// <summary>The secret that this browser must present when it comes back.</summary>
    [Id(1)]
    public required string Browser { get; init; }

    /// <summary>When the browser must be back.</summary>
    [Id(2)]
    public required DateTimeOffset ExpiresAt { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ExpiresAt = ").Append(ExpiresAt);
        return true;
    }
}

/// <summary>The state of an intent.</summary>
/// <param name="Sequence">The number of changes of the intent, starting at 1.</param>
/// <param name="ChangeDate">When it was last changed.</param>
/// <param name="ResourceOwner">The instance.</param>
[GenerateSerializer, Immutable, Alias("sessions.IntentDetails")]
public sealed record IntentDetails(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset ChangeDate,
    [property: Id(2)] string ResourceOwner
);

/// <summary>The parameters with which the provider sent the browser back (RFC 6749 §4.1.2, RFC 9207).</summary>
[GenerateSerializer, Immutable, Alias("sessions.IntentCallback")]
public sealed record IntentCallback
{
    /// <summary>The <c>state</c> of the authorization request.</summary>
    [Id(0)]
    public required string State { get; init; }

    /// <summary>The authorization code.</summary>
    [Id(1)]
    public string? Code { get; init; }

    /// <summary>The error code, if the provider sent no code.</summary>
    [Id(2)]
    public string? Error { get; init; }

    /// <summary>The issuer of the answer, as the answer claims it.</summary>
    [Id(3)]
    public string? Issuer { get; init; }

    /// <summary>The secret of this login that the browser has; <c>null</c> if it has no such secret.</summary>
    [Id(4)]
    public string? Browser { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Error = ").Append(Error);
        return true;
    }
}

/// <summary>Where the browser goes after the callback, and with which parameters.</summary>
[GenerateSerializer, Immutable, Alias("sessions.IntentOutcome")]
public sealed record IntentOutcome
{
    /// <summary>The success or the failure URL.</summary>
    [Id(0)]
    public required string Url { get; init; }

    /// <summary>The intent's id.</summary>
    [Id(1)]
    public required string IntentId { get; init; }

    /// <summary>The intent's token, which is given out only here. <c>null</c> if the login failed.</summary>
    [Id(2)]
    public string? Token { get; init; }

    /// <summary>The linked user.</summary>
    [Id(3)]
    public string? UserId { get; init; }

    /// <summary>The OAuth error code, or the id of this service's error.</summary>
    [Id(4)]
    public string? Error { get; init; }

    /// <summary>The description of the error, in this service's words.</summary>
    [Id(5)]
    public string? ErrorDescription { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("IntentId = ").Append(IntentId).Append(", Error = ").Append(Error);
        return true;
    }
}

/// <summary>The provider's data about the person.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RetrievedIntent")]
public sealed record RetrievedIntent
{
    /// <summary>The state of the intent.</summary>
    [Id(0)]
    public required IntentDetails Details { get; init; }

    /// <summary>The person at the provider.</summary>
    [Id(1)]
    public required IdentityLink Identity { get; init; }

    /// <summary>The linked user; <c>null</c> if no user was linked when the login succeeded.</summary>
    [Id(2)]
    public string? UserId { get; init; }

    /// <summary>The provider's access token.</summary>
    [Id(3)]
    public string AccessToken { get; init; } = "";

    /// <summary>The provider's id token.</summary>
    [Id(4)]
    public string IdToken { get; init; } = "";

    /// <summary>The provider's claims about the person: a JSON object.</summary>
    [Id(5)]
    public string RawInformation { get; init; } = "{}";

    /// <summary>The claims as data of a new user. Data that the provider does not send is empty.</summary>
    [Id(6)]
    public required ExternalPerson Person { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Identity = ").Append(Identity).Append(", UserId = ").Append(UserId);
        return true;
    }
}

/// <summary>
/// A person as an external provider describes them (OpenID Connect Core §5.1). Data that the provider does not send is empty.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.ExternalPerson")]
public sealed record ExternalPerson
{
    /// <summary><c>preferred_username</c>.</summary>
    [Id(0)]
    public string UserName { get; init; } = "";

    /// <summary><c>given_name</c>.</summary>
    [Id(1)]
    public string GivenName { get; init; } = "";

    /// <summary><c>family_name</c>.</summary>
    [Id(2)]
    public string FamilyName { get; init; } = "";

    /// <summary><c>nickname</c>.</summary>
    [Id(3)]
    public string NickName { get; init; } = "";

    /// <summary><c>name</c>.</summary>
    [Id(4)]
    public string DisplayName { get; init; } = "";

    /// <summary><c>locale</c>.</summary>
    [Id(5)]
    public string Language { get; init; } = "";

    /// <summary><c>email</c>, and whether <c>email_verified</c> says that it belongs to the person.</summary>
    [Id(6)]
    public EmailAddress? Email { get; init; }

    /// <summary><c>phone_number</c>, and whether <c>phone_number_verified</c> says that it belongs to the person.</summary>
    [Id(7)]
    public PhoneNumber? Phone { get; init; }
}
