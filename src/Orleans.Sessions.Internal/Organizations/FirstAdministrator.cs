using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>A user who administers an organization from its beginning.</summary>
[GenerateSerializer, Immutable, Alias("sessions.FirstAdministrator")]
public sealed record FirstAdministrator
{
    /// <summary>The user's id.</summary>
    [Id(0)]
    public required string UserId { get; init; }

    /// <summary>The roles on the organization, such as <c>ORG_OWNER</c>.</summary>
    [Id(1)]
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>
    /// Creates the user, with a <see cref="CreateUser.RequestId"/>; <c>null</c> if the user exists. The new user belongs to the
    /// organization.
    /// </summary>
    [Id(2)]
    public CreateUser? Person { get; init; }
}
