using System.Text;

namespace Orleans.Sessions;

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

    /// <summary>Whether the login frontend should update <see cref="UserId"/> with the provider's data.</summary>
    [Id(8)]
    public bool IsAutoUpdate { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Identity = ").Append(Identity).Append(", UserId = ").Append(UserId);
        return true;
    }
}
