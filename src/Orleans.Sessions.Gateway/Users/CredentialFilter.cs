using Orleans.Sessions.Protocol.FilterV2;

namespace Orleans.Sessions.Gateway.Users;

/// <summary>A condition on a key or personal access token, and the user or organization that the condition names, if any.</summary>
internal sealed record CredentialFilter(Func<MachineCredential, bool> Matches, string? UserId = null, string? OrganizationId = null)
{
    public static CredentialFilter Id(IDFilter filter) => new(credential => credential.Id == filter.Id);

    public static CredentialFilter User(IDFilter filter) => new(credential => credential.UserId == filter.Id, UserId: filter.Id);

    public static CredentialFilter Organization(IDFilter filter) =>
        new(credential => credential.OrganizationId == filter.Id, OrganizationId: filter.Id);

    public static CredentialFilter Created(TimestampFilter filter) => new(credential => IsAt(credential.CreatedAt, filter));

    public static CredentialFilter Expiring(TimestampFilter filter) =>
        new(credential => credential.ExpiresAt is { } at && IsAt(at, filter));

    /// <summary>
    /// Sorts credentials. The default is the time of creation, in descending order unless the page says otherwise; equal ones are sorted by
    /// id.
    /// </summary>
    public static List<MachineCredential> Sort(IEnumerable<MachineCredential> credentials, CredentialField field, PaginationRequest? page)
    {
        var byId = credentials.OrderBy(credential => credential.Id, StringComparer.Ordinal);
        var sorted = field switch
        {
            CredentialField.Id => byId,
            CredentialField.UserId => byId.OrderBy(credential => credential.UserId, StringComparer.Ordinal),
            CredentialField.OrganizationId => byId.OrderBy(credential => credential.OrganizationId, StringComparer.Ordinal),
            CredentialField.ExpirationDate => byId.OrderBy(credential => credential.ExpiresAt ?? DateTimeOffset.MaxValue),
            _ => byId.OrderBy(credential => credential.CreatedAt),
        };
        return [.. page is { Asc: true } ? sorted : sorted.Reverse()];
    }

    private static bool IsAt(DateTimeOffset at, TimestampFilter filter)
    {
        var than = filter.Timestamp.ToDateTimeOffset();
        return filter.Method switch
        {
            TimestampFilterMethod.After => at > than,
            TimestampFilterMethod.AfterOrEquals => at >= than,
            TimestampFilterMethod.Before => at < than,
            TimestampFilterMethod.BeforeOrEquals => at <= than,
            _ => at == than,
        };
    }
}
