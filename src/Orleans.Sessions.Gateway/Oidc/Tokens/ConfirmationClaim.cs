using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>The claim that says to which key (RFC 9449 §6.1) or certificate (RFC 8705 §3.1) a token is bound.</summary>
internal static class ConfirmationClaim
{
    /// <summary>Its name (RFC 7800 §3.1).</summary>
    public const string Name = "cnf";

    /// <summary>The claim; <c>null</c> if the token is bound to nothing.</summary>
    public static JsonElement? Of(TokenGrant grant)
    {
        var members = new JsonObject();
        if (grant.KeyThumbprint is { } key)
        {
            members["jkt"] = key;
        }

        if (grant.CertificateThumbprint is { } certificate)
        {
            members["x5t#S256"] = certificate;
        }

        if (members.Count == 0)
        {
            return null;
        }

        using var document = JsonDocument.Parse(members.ToJsonString());
        return document.RootElement.Clone();
    }
}
