namespace Orleans.Sessions;

/// <summary>What only a provider of the kind <see cref="ProviderKind.EntraId"/> has.</summary>
/// <param name="Tenant">Whose people may log in: <see cref="Common"/>, <see cref="Organizations"/>, <see cref="Consumers"/>, or the id or
/// a domain of one tenant.</param>
/// <param name="IsEmailVerified">Whether e-mail addresses count as verified. Administrators of a tenant can write any address into an
/// account, so this is only for tenants that the operator trusts.</param>
[GenerateSerializer, Immutable, Alias("sessions.EntraSettings")]
public sealed record EntraSettings([property: Id(0)] string Tenant, [property: Id(1)] bool IsEmailVerified = false)
{
    /// <summary>The people of every organization, and personal accounts.</summary>
    public const string Common = "common";

    /// <summary>The people of every organization.</summary>
    public const string Organizations = "organizations";

    /// <summary>Personal accounts.</summary>
    public const string Consumers = "consumers";

    /// <summary>Whether people of every organization log in, whoever administers it.</summary>
    public bool IsForMany() => Tenant is Common or Organizations;
}
