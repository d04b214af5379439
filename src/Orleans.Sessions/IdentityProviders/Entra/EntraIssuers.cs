using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.IdentityProviders.Oidc;

namespace Orleans.Sessions.IdentityProviders.Entra;

/// <summary>
/// The issuers of Entra ID. A registration is <c>{authority}/{tenant}/v2.0</c>. Each tenant is an issuer of its own,
/// <c>{authority}/{id of the tenant}/v2.0</c>. The document for many tenants has a placeholder in place of the id.
/// </summary>
internal sealed class EntraIssuers : IssuerRule
{
    private const string End = "/v2.0";
    private const string Placeholder = "{tenantid}";

    /// <summary>The member of a published key that says whose tokens it signs.</summary>
    private const string KeyIssuer = "issuer";

    /// <summary>The tenant of all personal accounts.</summary>
    private const string Personal = "9188040d-6c67-4c5b-b112-36a304b66dad";

    /// <inheritdoc/>
    public override bool AllowsDocument(string registered, string? named)
    {
        var (authority, tenant) = Parts(registered);
        var found = TenantOf(authority, named);
        return tenant switch
        {
            EntraSettings.Common or EntraSettings.Organizations => found == Placeholder,
            EntraSettings.Consumers => found == Personal,
            _ when IsId(tenant) => string.Equals(found, tenant, StringComparison.OrdinalIgnoreCase),

            // The tenant is registered by one of its domains; the document has its id.
            _ => IsId(found),
        };
    }

    /// <inheritdoc/>
    public override bool IsIssuer(string registered, string named, string? issuer)
    {
        var (authority, tenant) = Parts(registered);
        var found = TenantOf(authority, issuer);
        return tenant switch
        {
            EntraSettings.Common => IsId(found),
            EntraSettings.Organizations => IsId(found) && found != Personal,
            _ => issuer == named,
        };
    }

    /// <summary>
    /// The keys of all tenants are in one set. Some are for the tokens of one tenant only, such as those of personal accounts, and must not
    /// sign for another tenant.
    /// </summary>
    public override bool IsKeyOf(JsonWebKey key, string? issuer) =>
        !key.AdditionalData.TryGetValue(KeyIssuer, out var value)
        || ($"{value}" is var owner && (owner == issuer || owner.EndsWith($"/{Placeholder}{End}", StringComparison.Ordinal)));

    private static (string Authority, string Tenant) Parts(string registered)
    {
        var address = registered[..^End.Length];
        var slash = address.LastIndexOf('/');
        return (address[..slash], address[(slash + 1)..]);
    }

    /// <summary>The tenant in an issuer of this authority; <c>null</c> if it is none.</summary>
    private static string? TenantOf(string authority, string? issuer) =>
        issuer is not null
        && issuer.StartsWith($"{authority}/", StringComparison.Ordinal)
        && issuer.EndsWith(End, StringComparison.Ordinal)
        && issuer.Length > authority.Length + 1 + End.Length
            ? issuer[(authority.Length + 1)..^End.Length]
            : null;

    private static bool IsId(string? text) => Guid.TryParseExact(text, "D", out _);
}
