using System.Text.Json.Nodes;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Registration;

/// <summary>A registered client as it reads its own registration (RFC 7591 §3.2.1, RFC 7592 §3).</summary>
internal static class RegistrationAnswer
{
    /// <summary>The registration.</summary>
    /// <param name="client">The client.</param>
    /// <param name="secret">Its new secret; <c>null</c> if it got none.</param>
    /// <param name="token">Its registration access token.</param>
    /// <param name="address">The address of its registration.</param>
    /// <param name="algorithm">The algorithm that signs id tokens.</param>
    public static JsonObject Of(OidcClient client, string? secret, string token, string address, string algorithm)
    {
        var answer = client.RegisteredNotes is { } notes ? (JsonObject)JsonNode.Parse(notes)! : new JsonObject();
        answer["client_id"] = client.Id;
        answer["client_id_issued_at"] = client.CreatedAt.ToUnixTimeSeconds();
        answer["registration_access_token"] = token;
        answer["registration_client_uri"] = address;
        answer["token_endpoint_auth_method"] = client.Authentication switch
        {
            ClientAuthentication.None => "none",
            ClientAuthentication.SecretPost => ClientAuthenticationMethods.ClientSecretPost,
            ClientAuthentication.PrivateKeyJwt => ClientAuthenticationMethods.PrivateKeyJwt,
            ClientAuthentication.TlsClientAuth => CertificateMethods.OfAuthority,
            ClientAuthentication.SelfSignedTlsClientAuth => CertificateMethods.SelfSigned,
            _ => ClientAuthenticationMethods.ClientSecretBasic,
        };
        answer["application_type"] = client.Kind == ApplicationKind.Native ? "native" : "web";
        answer["redirect_uris"] = List(client.RedirectUris);
        answer["post_logout_redirect_uris"] = List(client.PostLogoutRedirectUris);
        answer["grant_types"] = List(client.GrantTypes);
        answer["response_types"] = List(client.RedirectUris.Take(1).Select(_ => RegistrationMetadata.ResponseType));
        answer["scope"] = string.Join(
            ' ',
            OidcScopes.Advertised.Where(scope => scope != Scopes.OfflineAccess || client.Allows(OidcGrantTypes.RefreshToken))
        );
        answer["subject_type"] = SubjectTypes.Public;
        answer["id_token_signed_response_alg"] = algorithm;
        answer["require_auth_time"] = true;
        answer["backchannel_logout_session_required"] = true;
        answer["frontchannel_logout_session_required"] = client.RequiresFrontChannelSession;
        answer["require_pushed_authorization_requests"] = client.DemandsPushedRequests();
        answer[RegistrationMetadata.BoundTokens] = client.DemandsDpop();
        answer[RegistrationMetadata.SignedRequests] = client.RequiresSignedRequests;
        answer[RegistrationMetadata.CertificateBoundTokens] = client.DemandsCertificate();
        if (client.CertificateName is { } certificate)
        {
            answer[RegistrationMetadata.CertificateNames.First(name => name.Kind == certificate.Kind).Member] = certificate.Value;
        }

        Add(answer, "client_name", client.Name.Length > 0 ? client.Name : null);
        Add(answer, "logo_uri", client.LogoUri);
        Add(answer, RegistrationMetadata.KeysAddress, client.JwksUri);
        Add(answer, RegistrationMetadata.UserInfoAlgorithm, client.IsUserInfoSigned ? algorithm : null);
        Add(answer, RegistrationMetadata.RequestObjectAlgorithm, client.RequestObjectAlgorithm);
        Add(answer, "backchannel_logout_uri", client.BackChannelLogoutUri);
        Add(answer, "frontchannel_logout_uri", client.FrontChannelLogoutUri);
        if (client.JsonWebKeys is { } keys)
        {
            answer[RegistrationMetadata.Keys] = JsonNode.Parse(keys);
        }

        if (secret is not null)
        {
            // It does not expire (RFC 7591 §3.2.1).
            answer["client_secret"] = secret;
            answer["client_secret_expires_at"] = 0;
        }

        return answer;
    }

    private static void Add(JsonObject answer, string name, string? value)
    {
        if (value is not null)
        {
            answer[name] = value;
        }
    }

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
}
