using System.Text;

namespace Orleans.Sessions;

/// <summary>Begins a login at an external provider.</summary>
/// <param name="ProviderId">The provider.</param>
/// <param name="SuccessUrl">
/// Where the browser goes with intent id and token; at most 2048 characters. Of an origin that is registered (<c>Sessions:ReturnOrigins</c>); where none is, login
/// frontends may name any https or loopback address, and others those of this service and its login pages.
/// </param>
/// <param name="FailureUrl">Where it goes otherwise; the same rules.</param>
/// <param name="CallbackUrl">Where the provider sends the browser back to: this service's callback, as the browser reaches it.</param>
/// <param name="StartUrl">
/// Where the browser begins when the login is bound to it: this service's start address, with a slash at the end; <c>null</c>: the login is bound to no browser.
/// </param>
/// <param name="BindToBrowser">Whether only the browser that begins may come back; <c>null</c>: as <c>Sessions:Intents:BindToBrowser</c> says.</param>
[GenerateSerializer, Immutable, Alias("sessions.StartIntent")]
public sealed record StartIntent(
    [property: Id(0)] string ProviderId,
    [property: Id(1)] string SuccessUrl,
    [property: Id(2)] string FailureUrl,
    [property: Id(3)] string CallbackUrl,
    [property: Id(4)] string? StartUrl = null,
    [property: Id(5)] bool? BindToBrowser = null);

/// <summary>A login that was begun.</summary>
/// <param name="AuthUrl">Where the browser goes now.</param>
/// <param name="Details">Where the intent stands.</param>
[GenerateSerializer, Immutable, Alias("sessions.StartedIntent")]
public sealed record StartedIntent([property: Id(0)] string AuthUrl, [property: Id(1)] IntentDetails Details);

/// <summary>Where the browser goes that a login is bound to.</summary>
[GenerateSerializer, Immutable, Alias("sessions.BegunIntent")]
public sealed record BegunIntent
{
    /// <summary>The provider's login page.</summary>
    [Id(0)]
    public required string AuthUrl { get; init; }

    /// <summary>What this browser has to bring along when it comes back.</summary>
    [Id(1)]
    public required string Browser { get; init; }

    /// <summary>When it has to be back.</summary>
    [Id(2)]
    public required DateTimeOffset ExpiresAt { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ExpiresAt = ").Append(ExpiresAt);
        return true;
    }
}

/// <summary>Where an intent stands.</summary>
/// <param name="Sequence">How many changes it has had, from 1.</param>
/// <param name="ChangeDate">When it was last changed.</param>
/// <param name="ResourceOwner">The instance.</param>
[GenerateSerializer, Immutable, Alias("sessions.IntentDetails")]
public sealed record IntentDetails(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset ChangeDate,
    [property: Id(2)] string ResourceOwner);

/// <summary>What the provider sent the browser back with (RFC 6749 §4.1.2, RFC 9207).</summary>
[GenerateSerializer, Immutable, Alias("sessions.IntentCallback")]
public sealed record IntentCallback
{
    /// <summary>The <c>state</c> of the authorization request.</summary>
    [Id(0)]
    public required string State { get; init; }

    /// <summary>The authorization code.</summary>
    [Id(1)]
    public string? Code { get; init; }

    /// <summary>The error code, instead of a code.</summary>
    [Id(2)]
    public string? Error { get; init; }

    /// <summary>Who says that it answers.</summary>
    [Id(3)]
    public string? Issuer { get; init; }

    /// <summary>The secret that the browser has of this login; <c>null</c>: none.</summary>
    [Id(4)]
    public string? Browser { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Error = ").Append(Error);
        return true;
    }
}

/// <summary>Where the browser goes after the callback, and what it takes along.</summary>
[GenerateSerializer, Immutable, Alias("sessions.IntentOutcome")]
public sealed record IntentOutcome
{
    /// <summary>The success or the failure URL.</summary>
    [Id(0)]
    public required string Url { get; init; }

    /// <summary>The intent's id.</summary>
    [Id(1)]
    public required string IntentId { get; init; }

    /// <summary>The intent's token, given out this once; <c>null</c>: the login failed.</summary>
    [Id(2)]
    public string? Token { get; init; }

    /// <summary>The user who is linked.</summary>
    [Id(3)]
    public string? UserId { get; init; }

    /// <summary>The OAuth error code or the id of what went wrong.</summary>
    [Id(4)]
    public string? Error { get; init; }

    /// <summary>What went wrong, in words of this service.</summary>
    [Id(5)]
    public string? ErrorDescription { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("IntentId = ").Append(IntentId).Append(", Error = ").Append(Error);
        return true;
    }
}

/// <summary>What the provider said about the person.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RetrievedIntent")]
public sealed record RetrievedIntent
{
    /// <summary>Where the intent stands.</summary>
    [Id(0)]
    public required IntentDetails Details { get; init; }

    /// <summary>The person there.</summary>
    [Id(1)]
    public required IdentityLink Identity { get; init; }

    /// <summary>The user who is linked; <c>null</c>: nobody was when the login succeeded.</summary>
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

    /// <summary>The claims as data of a new user; what the provider does not say is empty.</summary>
    [Id(6)]
    public required ExternalPerson Person { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Identity = ").Append(Identity).Append(", UserId = ").Append(UserId);
        return true;
    }
}

/// <summary>A person as an external provider describes them (OpenID Connect Core §5.1); empty: not said.</summary>
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

    /// <summary><c>email</c>, and whether <c>email_verified</c> says that it is the person's.</summary>
    [Id(6)]
    public EmailAddress? Email { get; init; }

    /// <summary><c>phone_number</c>, and whether <c>phone_number_verified</c> says that it is the person's.</summary>
    [Id(7)]
    public PhoneNumber? Phone { get; init; }
}

/// <summary>A person at an external provider, as a link of a user.</summary>
/// <param name="ProviderId">The provider.</param>
/// <param name="ExternalId">The person's id there (<c>sub</c>), 1 to 200 characters.</param>
/// <param name="ExternalName">What the person is called there, 1 to 200 characters.</param>
[GenerateSerializer, Immutable, Alias("sessions.IdentityLink")]
public sealed record IdentityLink(
    [property: Id(0)] string ProviderId,
    [property: Id(1)] string ExternalId,
    [property: Id(2)] string ExternalName);
