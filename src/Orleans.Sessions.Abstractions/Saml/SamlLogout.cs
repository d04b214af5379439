using System.Collections.Immutable;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Saml;

/// <summary>A service provider's request to end sessions, checked.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutRequest")]
public sealed record SamlLogoutRequest
{
    /// <summary>The entity id of who asks.</summary>
    [Id(0)]
    public required string EntityId { get; init; }

    /// <summary>The id that the service provider gave it.</summary>
    [Id(1)]
    public required string RequestId { get; init; }

    /// <summary>The public origin that it came to, without trailing slash; the answer will come from there.</summary>
    [Id(2)]
    public required string Origin { get; init; }

    /// <summary>The binding that it came by: one of <see cref="SamlBindingUris"/>.</summary>
    [Id(3)]
    public required string Binding { get; init; }

    /// <summary>The service provider's own state, given back as it is.</summary>
    [Id(4)]
    public string? RelayState { get; init; }

    /// <summary>Who logs out, by the name at this service provider.</summary>
    [Id(5)]
    public required string NameId { get; init; }

    /// <summary>The sessions' names at this service provider; none: all of the person's there.</summary>
    [Id(6)]
    public ImmutableArray<string> SessionIndexes { get; init; } = [];
}

/// <summary>What a service provider is told when a session has ended that logged somebody in there.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutNotice")]
public sealed record SamlLogoutNotice
{
    /// <summary>The service provider's entity id.</summary>
    [Id(0)]
    public required string EntityId { get; init; }

    /// <summary>Where it takes requests to log out.</summary>
    [Id(1)]
    public required LogoutEndpoint Endpoint { get; init; }

    /// <summary>The public origin that it knows this service by.</summary>
    [Id(2)]
    public required string Origin { get; init; }

    /// <summary>The person's name there.</summary>
    [Id(3)]
    public required string NameId { get; init; }

    /// <summary>The format of that name: one of <see cref="NameIdFormats"/>.</summary>
    [Id(4)]
    public required string NameIdFormat { get; init; }

    /// <summary>The sessions' names there.</summary>
    [Id(5)]
    public required ImmutableArray<string> SessionIndexes { get; init; }

    /// <summary>The id of the message, which its answer names (<see cref="SamlLogoutIds"/>).</summary>
    [Id(6)]
    public required string RequestId { get; init; }
}

/// <summary>A service provider's answer to a <see cref="SamlLogoutNotice"/>.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutAnswer")]
public sealed record SamlLogoutAnswer
{
    /// <summary>The entity id of who answers.</summary>
    [Id(0)]
    public required string EntityId { get; init; }

    /// <summary>The message that is answered.</summary>
    [Id(1)]
    public required string RequestId { get; init; }

    /// <summary>Whether nobody is logged in there any more.</summary>
    [Id(2)]
    public required bool IsDone { get; init; }

    /// <summary>Random, by which a repeated call is recognised.</summary>
    [Id(3)]
    public required string Attempt { get; init; }
}

/// <summary>Where the browser of somebody who logs out goes.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutStep")]
public sealed record SamlLogoutStep
{
    /// <summary>Whom to tell next; <c>null</c>: everybody was who could be, and the browser goes back to where it came from.</summary>
    [Id(0)]
    public SamlLogoutNotice? Next { get; init; }

    /// <summary>The request that is to be answered then; <c>null</c>: there is a <see cref="ReturnTo"/>.</summary>
    [Id(1)]
    public SamlLogoutRequest? Request { get; init; }

    /// <summary>The address to return to then; <c>null</c>: there is a <see cref="Request"/>.</summary>
    [Id(2)]
    public string? ReturnTo { get; init; }

    /// <summary>Whether a service provider could not be told or did not agree.</summary>
    [Id(3)]
    public bool IsPartial { get; init; }
}

/// <summary>The ids of logouts in the ids of the messages that tell of them, so that an answer finds its way by itself. Nobody can guess either.</summary>
public static class SamlLogoutIds
{
    private const int Length = 22;

    /// <summary>The id of a new message about a logout.</summary>
    public static string NewRequest(string logoutId) => $"_{logoutId}.{OidcTokens.NewId()}";

    /// <summary>The logout that a message was about; <c>null</c>: this is not the id of one.</summary>
    public static string? LogoutOf(string requestId)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        return requestId.Length == (2 * Length) + 2 && requestId[0] == '_' && requestId[Length + 1] == '.' ? requestId[1..(Length + 1)] : null;
    }
}
