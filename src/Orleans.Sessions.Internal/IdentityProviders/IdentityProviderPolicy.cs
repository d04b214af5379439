namespace Orleans.Sessions;

/// <summary>What a login at an external provider may do (<c>zitadel.idp.v2.Options</c>).</summary>
[GenerateSerializer, Immutable, Alias("sessions.IdentityProviderPolicy")]
public sealed record IdentityProviderPolicy
{
    /// <summary>Whether existing users may be linked to the provider.</summary>
    [Id(0)]
    public bool IsLinkingAllowed { get; init; }

    /// <summary>Whether users may be created with a link to the provider.</summary>
    [Id(1)]
    public bool IsCreationAllowed { get; init; }

    /// <summary>Whether the login frontend should create users without asking them.</summary>
    [Id(2)]
    public bool IsAutoCreation { get; init; }

    /// <summary>Whether the login frontend should update users with the provider's data.</summary>
    [Id(3)]
    public bool IsAutoUpdate { get; init; }

    /// <summary>How a login of a person who is not linked finds the user to link.</summary>
    [Id(4)]
    public AutoLinking AutoLinking { get; init; }

    /// <summary>
    /// The policy for logins. Where people of every organization of Entra ID may log in, no address links anybody: an administrator of any
    /// organization could write somebody else's address into an account.
    /// </summary>
    /// <param name="entra">What the provider has of Entra ID; <c>null</c> for other kinds.</param>
    public IdentityProviderPolicy ForLogins(EntraSettings? entra) =>
        entra?.IsForMany() == true ? this with { AutoLinking = AutoLinking.None } : this;
}
