using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Issuers;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Registration;

/// <summary>
/// The metadata with which a client registers itself (RFC 7591 §2, OpenID Connect Registration 1.0 §2), as settings of a client. A member
/// that would change what happens, and that this service does not support, is refused by its name. Members that nobody knows are ignored
/// (RFC 7591 §2).
/// </summary>
internal static class RegistrationMetadata
{
    /// <summary>The only response type.</summary>
    public const string ResponseType = "code";

    /// <summary>The member that asks for signed user info.</summary>
    public const string UserInfoAlgorithm = "userinfo_signed_response_alg";

    /// <summary>The member by which a client wants all its tokens bound to a key (RFC 9449 §5.2).</summary>
    public const string BoundTokens = "dpop_bound_access_tokens";

    /// <summary>The member that names the algorithm of request objects (OpenID Connect Registration 1.0 §2).</summary>
    public const string RequestObjectAlgorithm = "request_object_signing_alg";

    /// <summary>The member by which a client signs all its authorization requests (RFC 9101 §10.5).</summary>
    public const string SignedRequests = "require_signed_request_object";

    /// <summary>The member by which a client wants all its tokens bound to its certificate (RFC 8705 §3.4).</summary>
    public const string CertificateBoundTokens = "tls_client_certificate_bound_access_tokens";

    /// <summary>The members with the client's keys or their address; at most one of them (RFC 7591 §2).</summary>
    public const string Keys = "jwks";

    /// <inheritdoc cref="Keys"/>
    public const string KeysAddress = "jwks_uri";

    private const int MaxNotes = 4096;

    /// <summary>What the client may do without an administrator. The other grant types give rights beyond a person's login.</summary>
    private static readonly ImmutableArray<string> s_grantTypes =
    [
        OidcGrantTypes.AuthorizationCode,
        OidcGrantTypes.RefreshToken,
        OidcGrantTypes.DeviceCode,
    ];

    /// <summary>Members that have no effect. They are stored and returned.</summary>
    private static readonly string[] s_notes = ["client_uri", "policy_uri", "tos_uri", "software_id", "software_version"];

    private static readonly string[] s_unsupported =
    [
        "sector_identifier_uri",
        "initiate_login_uri",
        "request_uris",
        "default_max_age",
        "default_acr_values",
        "token_endpoint_auth_signing_alg",
        "id_token_encrypted_response_alg",
        "id_token_encrypted_response_enc",
        "userinfo_encrypted_response_alg",
        "userinfo_encrypted_response_enc",
        "request_object_encryption_alg",
        "request_object_encryption_enc",
        "authorization_signed_response_alg",
        "authorization_encrypted_response_alg",
        "authorization_encrypted_response_enc",
        "introspection_signed_response_alg",
        "introspection_encrypted_response_alg",
        "introspection_encrypted_response_enc",
        "authorization_details_types",
        "backchannel_token_delivery_mode",
        "backchannel_client_notification_endpoint",
    ];

    private static readonly string[] s_unsupportedFlags = ["backchannel_user_code_parameter"];

    /// <summary>The members that name a client's certificate (RFC 8705 §2.1.2).</summary>
    public static readonly ImmutableArray<(string Member, CertificateNameKind Kind)> CertificateNames =
    [
        ("tls_client_auth_subject_dn", CertificateNameKind.SubjectDn),
        ("tls_client_auth_san_dns", CertificateNameKind.SanDns),
        ("tls_client_auth_san_uri", CertificateNameKind.SanUri),
        ("tls_client_auth_san_ip", CertificateNameKind.SanIp),
        ("tls_client_auth_san_email", CertificateNameKind.SanEmail),
    ];

    /// <summary>The settings. Fails with <see cref="RegistrationRefusedException"/>.</summary>
    /// <param name="root">The metadata, a JSON object.</param>
    /// <param name="clientId">The id of the client.</param>
    /// <param name="algorithm">The algorithm that signs id tokens.</param>
    /// <param name="hasMutualTls">Whether clients can have TLS certificates here.</param>
    /// <param name="signsRequests">
    /// Whether the registration says already that the client signs its requests. Metadata without that member do not change it, so their
    /// keys are needed.
    /// </param>
    public static OidcClient Read(JsonElement root, string clientId, string algorithm, bool hasMutualTls, bool signsRequests = false)
    {
        var metadata = new MetadataReader(root);
        RefuseUnsupported(metadata, algorithm);
        if (!hasMutualTls)
        {
            RefuseMutualTls(metadata);
        }

        var authentication = Authentication(metadata.Text("token_endpoint_auth_method"));
        var hasKeys =
            authentication is ClientAuthentication.PrivateKeyJwt or ClientAuthentication.SelfSignedTlsClientAuth
            || signsRequests
            || SignsRequests(metadata);
        return new OidcClient
        {
            Id = clientId,
            Name = metadata.Text("client_name") ?? "",
            Kind = Kind(metadata.Text("application_type"), authentication),
            Authentication = authentication,
            JsonWebKeys = hasKeys ? metadata.Json(Keys) : null,
            JwksUri = hasKeys ? metadata.Text(KeysAddress) : null,
            CertificateName = CertificateNameOf(metadata, authentication),
            RedirectUris = metadata.Texts("redirect_uris") ?? [],
            PostLogoutRedirectUris = metadata.Texts("post_logout_redirect_uris") ?? [],
            GrantTypes = GrantTypes(metadata),
            LogoUri = metadata.Text("logo_uri"),
            BackChannelLogoutUri = metadata.Text("backchannel_logout_uri"),
            FrontChannelLogoutUri = metadata.Text("frontchannel_logout_uri"),
            RequiresFrontChannelSession = metadata.Flag("frontchannel_logout_session_required"),
            RequirePushedRequests = metadata.Flag("require_pushed_authorization_requests"),
            IsUserInfoSigned = metadata.Has(UserInfoAlgorithm),
            RequestObjectAlgorithm = metadata.Text(RequestObjectAlgorithm),
            RequiresSignedRequests = metadata.Flag(SignedRequests),
            SenderConstraint = Constraint(metadata),
            RegisteredNotes = Notes(metadata),
        };
    }

    private static void RefuseUnsupported(MetadataReader metadata, string algorithm)
    {
        if (metadata.Has("software_statement"))
        {
            throw new RegistrationRefusedException(
                RegistrationRefusedException.UnapprovedStatement,
                "software_statement: no issuer of statements is trusted here."
            );
        }

        var unsupported = s_unsupported.FirstOrDefault(metadata.Has) ?? s_unsupportedFlags.FirstOrDefault(metadata.Flag);
        if (unsupported is not null)
        {
            throw MetadataReader.Refused(unsupported, "this service does not support it");
        }

        if (metadata.Has(Keys) && metadata.Has(KeysAddress))
        {
            throw MetadataReader.Refused($"{Keys}, {KeysAddress}", "a client has one of them");
        }

        // Logout tokens always name the session, and id tokens always the time of the login.
        _ = (metadata.Flag("backchannel_logout_session_required"), metadata.Flag("require_auth_time"));
        if ((metadata.Text("subject_type") ?? SubjectTypes.Public) != SubjectTypes.Public)
        {
            throw MetadataReader.Refused("subject_type", "it must be public");
        }

        if (!(metadata.Texts("response_types") ?? []).All(type => type == ResponseType))
        {
            throw MetadataReader.Refused("response_types", "it must be [\"code\"]");
        }

        foreach (var member in new[] { "id_token_signed_response_alg", UserInfoAlgorithm })
        {
            if ((metadata.Text(member) ?? algorithm) != algorithm)
            {
                throw MetadataReader.Refused(member, $"this service signs with {algorithm}");
            }
        }

        if (metadata.Text(RequestObjectAlgorithm) is { } signs && !SignatureAlgorithms.Accepted.Contains(signs))
        {
            throw MetadataReader.Refused(RequestObjectAlgorithm, $"it must be {string.Join(", ", SignatureAlgorithms.Accepted)}");
        }

        var scopes = (metadata.Text("scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!scopes.All(scope => OidcScopes.Advertised.Contains(scope, StringComparer.Ordinal)))
        {
            throw MetadataReader.Refused("scope", $"it may have {string.Join(' ', OidcScopes.Advertised)}; others need an administrator");
        }
    }

    private static void RefuseMutualTls(MetadataReader metadata)
    {
        if (metadata.Flag(CertificateBoundTokens))
        {
            throw MetadataReader.Refused(CertificateBoundTokens, "mutual TLS is off");
        }

        const string Method = "token_endpoint_auth_method";
        if (metadata.Text(Method) is CertificateMethods.OfAuthority or CertificateMethods.SelfSigned)
        {
            throw MetadataReader.Refused(Method, "mutual TLS is off");
        }
    }

    private static SenderConstraint Constraint(MetadataReader metadata) =>
        (metadata.Flag(BoundTokens), metadata.Flag(CertificateBoundTokens)) switch
        {
            (true, true) => throw MetadataReader.Refused(
                $"{BoundTokens}, {CertificateBoundTokens}",
                "tokens are bound to a key or to a certificate, not to both"
            ),
            (true, false) => SenderConstraint.Dpop,
            (false, true) => SenderConstraint.Certificate,
            _ => SenderConstraint.None,
        };

    /// <summary>The one name of the certificate (RFC 8705 §2.1.2). Other clients have no such name.</summary>
    private static CertificateName? CertificateNameOf(MetadataReader metadata, ClientAuthentication authentication)
    {
        var names = CertificateNames.Where(name => metadata.Has(name.Member)).ToList();
        if (authentication != ClientAuthentication.TlsClientAuth)
        {
            if (names.Count > 0)
            {
                throw MetadataReader.Refused(names[0].Member, "it is only for tls_client_auth");
            }

            return null;
        }

        return names is [var (member, kind)] && metadata.Text(member) is { } value
            ? new CertificateName(kind, value)
            : throw MetadataReader.Refused(
                string.Join(", ", CertificateNames.Select(name => name.Member)),
                "tls_client_auth needs exactly one of them"
            );
    }

    private static ClientAuthentication Authentication(string? method) =>
        method switch
        {
            null or ClientAuthenticationMethods.ClientSecretBasic => ClientAuthentication.SecretBasic,
            ClientAuthenticationMethods.ClientSecretPost => ClientAuthentication.SecretPost,
            ClientAuthenticationMethods.PrivateKeyJwt => ClientAuthentication.PrivateKeyJwt,
            CertificateMethods.OfAuthority => ClientAuthentication.TlsClientAuth,
            CertificateMethods.SelfSigned => ClientAuthentication.SelfSignedTlsClientAuth,
            "none" => ClientAuthentication.None,
            _ => throw MetadataReader.Refused(
                "token_endpoint_auth_method",
                "it must be client_secret_basic, client_secret_post, private_key_jwt, tls_client_auth, self_signed_tls_client_auth or none"
            ),
        };

    private static bool SignsRequests(MetadataReader metadata) => metadata.Has(RequestObjectAlgorithm) || metadata.Flag(SignedRequests);

    private static ApplicationKind Kind(string? type, ClientAuthentication authentication) =>
        type switch
        {
            null or "web" => authentication == ClientAuthentication.None ? ApplicationKind.UserAgent : ApplicationKind.Web,
            "native" => ApplicationKind.Native,
            _ => throw MetadataReader.Refused("application_type", "it must be web or native"),
        };

    private static ImmutableArray<string> GrantTypes(MetadataReader metadata)
    {
        var grants = metadata.Texts("grant_types") ?? [OidcGrantTypes.AuthorizationCode];
        if (!grants.All(grant => s_grantTypes.Contains(grant, StringComparer.Ordinal)))
        {
            throw MetadataReader.Refused("grant_types", $"it may have {string.Join(", ", s_grantTypes)}; others need an administrator");
        }

        return [.. grants.Distinct(StringComparer.Ordinal)];
    }

    private static string? Notes(MetadataReader metadata)
    {
        var notes = new JsonObject();
        foreach (var name in s_notes)
        {
            if (metadata.Text(name) is { } text)
            {
                notes[name] = text;
            }
        }

        if (metadata.Texts("contacts") is { IsEmpty: false } contacts)
        {
            notes["contacts"] = new JsonArray([.. contacts.Select(contact => (JsonNode?)JsonValue.Create(contact))]);
        }

        var json = notes.ToJsonString();
        if (json.Length > MaxNotes)
        {
            throw MetadataReader.Refused($"{string.Join(", ", s_notes)}, contacts", $"together they have at most {MaxNotes} characters");
        }

        return notes.Count > 0 ? json : null;
    }
}
