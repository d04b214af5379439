namespace Orleans.Sessions.Instance;

/// <summary>The ids of an installation, and when it got them.</summary>
/// <param name="InstanceId">The owner of all sessions (<c>details.resourceOwner</c>).</param>
/// <param name="OrganizationId">The organization of users created without one.</param>
[GenerateSerializer, Immutable, Alias("sessions.InstanceIdentity")]
public sealed record InstanceIdentity([property: Id(0)] string InstanceId, [property: Id(1)] string OrganizationId)
{
    /// <summary>When the installation began; <c>null</c> if an earlier version began it.</summary>
    [Id(2)]
    public DateTimeOffset? CreatedAt { get; init; }
}
