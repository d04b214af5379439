using System.Net;
using Orleans.Sessions.Egress;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>
/// What a registration contains that is allowed and will not work as it stands. Administrators are told at once; otherwise they would find
/// out at the first login or logout.
/// </summary>
internal sealed class ClientWarnings(EgressRules egress, RegisteredIds registered, PresentedCertificates certificates)
{
    private const int MaxId = 200;
    private const string OfflineAccess = "offline_access";

    /// <summary>The warnings, each with the fields that it is about.</summary>
    public async Task<List<string>> OfAsync(OidcClient client, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        if (client.GrantTypes.IsEmpty)
        {
            warnings.Add("grantTypes: there is none, so nobody logs in with this client. It can introspect and revoke tokens.");
        }

        if (client.Scopes.Contains(OfflineAccess) && !client.Allows(OidcGrantTypes.RefreshToken))
        {
            warnings.Add($"scopes: {OfflineAccess} needs refresh_token in grantTypes. Without it, logins get no refresh token.");
        }

        if (!certificates.IsOn && (client.HasCertificate() || client.DemandsCertificate()))
        {
            warnings.Add("authentication, senderConstraint: mutual TLS is off, as long as Sessions:Oidc:MutualTls does not turn it on.");
        }

        foreach (var (field, address) in new[] { ("backchannelLogoutUri", client.BackChannelLogoutUri), ("jwksUri", client.JwksUri) })
        {
            if (address is not null && !MayCall(address))
            {
                warnings.Add($"{field}: this service calls only public addresses with TLS, unless Sessions:Egress allows others.");
            }
        }

        foreach (var audience in OidcScopes.Named(client.Scopes).Concat(client.Audiences ?? []).Distinct().Where(IsId))
        {
            if (audience != client.Id && audience != OidcScopes.Api && !await registered.HasAsync(audience, cancellationToken))
            {
                warnings.Add($"audiences, scopes: there is no client or project {audience}.");
            }
        }

        return warnings;
    }

    /// <summary>Whether the audience is an id, and not the URI of somebody else's service.</summary>
    private static bool IsId(string audience) => audience.Length <= MaxId && !audience.AsSpan().ContainsAny(':', '/');

    /// <summary>Whether the service would connect there, as far as the address itself says so.</summary>
    private bool MayCall(string address)
    {
        var uri = new Uri(address);
        var host = uri.IdnHost == "localhost" ? IPAddress.Loopback.ToString() : uri.IdnHost;
        return egress.AllowsScheme(uri) && (!IPAddress.TryParse(host, out var ip) || egress.Allows(uri.IdnHost, uri.Port, ip));
    }
}
