namespace Orleans.Sessions.Gateway.Users;

/// <summary>
/// The fields by which keys and personal access tokens are sorted. The numbers are those of the contract's two enumerations.
/// </summary>
internal enum CredentialField
{
    Unspecified = 0,
    CreatedDate = 1,
    Id = 2,
    UserId = 3,
    OrganizationId = 4,
    ExpirationDate = 5,
}
