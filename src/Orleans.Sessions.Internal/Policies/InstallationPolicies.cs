namespace Orleans.Sessions;

/// <summary>The policies of this installation. They are the same for all organizations.</summary>
/// <param name="DefaultOrganizationId">The organization of users for whom no organization is named.</param>
/// <param name="Login">How people may log in.</param>
/// <param name="Passwords">The rules for new passwords.</param>
/// <param name="Lockout">The consequences of wrong answers.</param>
[GenerateSerializer, Immutable, Alias("sessions.InstallationPolicies")]
public sealed record InstallationPolicies(
    [property: Id(0)] string DefaultOrganizationId,
    [property: Id(1)] LoginPolicy Login,
    [property: Id(2)] PasswordRules Passwords,
    [property: Id(3)] LockoutRules Lockout
);
