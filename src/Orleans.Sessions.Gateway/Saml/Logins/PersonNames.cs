namespace Orleans.Sessions.Gateway.Saml.Logins;

/// <summary>
/// What a person is called. Many service providers recognize people by such names, so an address that the person has not proved is not
/// among them.
/// </summary>
/// <param name="User">The user.</param>
/// <param name="SendUnverifiedEmail">Whether the address is told even if it is not verified.</param>
/// <param name="Scope">The domain of this identity provider.</param>
/// <param name="UniqueId">Letters and digits that no other user has, whatever the users are called.</param>
internal sealed record PersonNames(UserView User, bool SendUnverifiedEmail, string Scope, string UniqueId)
{
    /// <summary>The e-mail address that may be told.</summary>
    public string? Email => User.Human?.Email is { } email && (email.IsVerified || SendUnverifiedEmail) ? email.Address : null;

    /// <summary>Whether the person has proved the address.</summary>
    public bool IsEmailVerified => User.Human?.Email is { IsVerified: true };

    /// <summary>The family name.</summary>
    public string? FamilyName => User.Human?.Profile.FamilyName;

    /// <summary>The given name.</summary>
    public string? GivenName => User.Human?.Profile.GivenName;

    /// <summary>The name for people.</summary>
    public string? DisplayName => User.Human?.Profile.DisplayName ?? User.Machine?.Name;

    /// <summary>The user name, unless it looks like an address that the person has not proved.</summary>
    public string? ClearUserName =>
        !User.UserName.Contains('@', StringComparison.Ordinal)
        || (IsEmailVerified && string.Equals(User.UserName, User.Human!.Email.Address, StringComparison.OrdinalIgnoreCase))
            ? User.UserName
            : null;

    /// <summary>The user name with a scope (eduPerson).</summary>
    public string? PrincipalName =>
        ClearUserName is not { } name ? null
        : name.Contains('@', StringComparison.Ordinal) ? name
        : $"{name}@{Scope}";

    /// <summary>The same id at every service provider (SAML Subject Identifier Attributes Profile §3.3).</summary>
    public string SubjectId => $"{UniqueId}@{Scope}";
}
