using System.Collections.Immutable;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Saml;

/// <summary>A checked request of a service provider to end sessions.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutRequest")]
public sealed record SamlLogoutRequest
{
    /// <summary>The entity id of the service provider that asks.</summary>
    [Id(0)]
    public required string EntityId { get; init; }

    /// <summary>The id that the service provider gave to the request.</summary>
    [Id(1)]
    public required string RequestId { get; init; }

    /// <summary>The public origin to which the request was sent, without trailing slash. The answer comes from this origin.</summary>
    [Id(2)]
    public required string Origin { get; init; }

    /// <summary>The binding of the request: one of <see cref="SamlBindingUris"/>.</summary>
    [Id(3)]
    public required string Binding { get; init; }

    /// <summary>The service provider's own state, which is returned unchanged.</summary>
    [Id(4)]
    public string? RelayState { get; init; }

    /// <summary>The person who logs out, by their name id at this service provider.</summary>
    [Id(5)]
    public required string NameId { get; init; }

    /// <summary>The names of the sessions at this service provider. Empty means all sessions of the person there.</summary>
    [Id(6)]
    public ImmutableArray<string> SessionIndexes { get; init; } = [];
}

/// <summary>Tells a service provider that a session has ended with which a person logged in there.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutNotice")]
public sealed record SamlLogoutNotice
{
    /// <summary>The service provider's entity id.</summary>
    [Id(0)]
    public required string EntityId { get; init; }

    /// <summary>The address at which the service provider takes logout requests.</summary>
    [Id(1)]
    public required LogoutEndpoint Endpoint { get; init; }

    /// <summary>The public origin by which the service provider knows this service.</summary>
    [Id(2)]
    public required string Origin { get; init; }

    /// <summary>The person's name id at the service provider.</summary>
    [Id(3)]
    public required string NameId { get; init; }

    /// <summary>The format of that name id: one of <see cref="NameIdFormats"/>.</summary>
    [Id(4)]
    public required string NameIdFormat { get; init; }

    /// <summary>The names of the sessions at the service provider.</summary>
    [Id(5)]
    public required ImmutableArray<string> SessionIndexes { get; init; }

    /// <summary>The id of the message. The answer refers to it (<see cref="SamlLogoutIds"/>).</summary>
    [Id(6)]
    public required string RequestId { get; init; }
}

/// <summary>A service provider's answer to a <see cref="SamlLogoutNotice"/>.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutAnswer")]
public sealed record SamlLogoutAnswer
{
    /// <summary>The entity id of the service provider that answers.</summary>
    [Id(0)]
    public required string EntityId { get; init; }

    /// <summary>The id of the message that is answered.</summary>
    [Id(1)]
    public required string RequestId { get; init; }

    /// <summary>Whether the service provider has logged the person out completely.</summary>
    [Id(2)]
    public required bool IsDone { get; init; }

    /// <summary>A random value by which the grain recognizes a repeated call.</summary>
    [Id(3)]
    public required string Attempt { get; init; }
}

/// <summary>The next step of a browser during a logout.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutStep")]
public sealed record SamlLogoutStep
{
    /// <summary>
    /// The next notification; <c>null</c> if no service provider is left to notify, so that the browser goes back to where it came from.
    /// </summary>
    [Id(0)]
    public SamlLogoutNotice? Next { get; init; }

    /// <summary>The request to answer at the end; <c>null</c> if <see cref="ReturnTo"/> is set.</summary>
    [Id(1)]
    public SamlLogoutRequest? Request { get; init; }

    /// <summary>The address to return to at the end; <c>null</c> if <see cref="Request"/> is set.</summary>
    [Id(2)]
    public string? ReturnTo { get; init; }

    /// <summary>Whether a service provider could not be notified or did not log the person out.</summary>
    [Id(3)]
    public bool IsPartial { get; init; }
}

/// <summary>
/// The ids of the messages of a logout. They contain the id of the logout, so that an answer reaches its grain. Nobody can guess either id.
/// </summary>
public static class SamlLogoutIds
{
    private const int Length = 22;

    /// <summary>Creates the id of a message about a logout.</summary>
    public static string NewRequest(string logoutId) => $"_{logoutId}.{RandomText.NewId()}";

    /// <summary>The logout to which a message belongs; <c>null</c> if this is not the id of such a message.</summary>
    public static string? LogoutOf(string requestId)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        return requestId.Length == (2 * Length) + 2 && requestId[0] == '_' && requestId[Length + 1] == '.'
            ? requestId[1..(Length + 1)]
            : null;
    }
}
