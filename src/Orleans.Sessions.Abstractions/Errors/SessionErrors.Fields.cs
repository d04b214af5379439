using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>
/// Values that break a rule. Each row names the fields and, after a colon, their rule; the gateway sends both to programs, too
/// (<c>google.rpc.BadRequest</c>). Rows with the same id are one error for clients, which check for the id.
/// </content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
    // Users.
    public static readonly SessionError UserKindUnclear = User("human, machine: a user is one of the two");
    public static readonly SessionError UserKindOther = User("human, machine: the changes must be of the kind of the user");
    public static readonly SessionError UserIdLength = User("userId, organizationId: an id has 1 to 200 characters");
    public static readonly SessionError UserNameLength = User("username: a name has 1 to 200 characters, not only white space");
    public static readonly SessionError ProfileMissing = User("profile: a person has a given name and a family name");
    public static readonly SessionError ProfileNameLength = User(
        "givenName, familyName: each has 1 to 200 characters, not only white space"
    );
    public static readonly SessionError ProfileOtherNameTooLong = User("nickName, displayName: each has at most 200 characters");
    public static readonly SessionError ProfileLanguageTooLong = User("preferredLanguage: it has at most 10 characters");
    public static readonly SessionError EmailMissing = User("email: a person has an e-mail address");
    public static readonly SessionError EmailShape = User("email: an address has at most 200 characters, with an @ between two of them");
    public static readonly SessionError MachineNameLength = User("name: a service account has a name of 1 to 200 characters");
    public static readonly SessionError MachineTokenTypeUnknown = User("accessTokenType: the value is not known");
    public static readonly SessionError MachineDescriptionTooLong = User("description: it has at most 500 characters");
    public static readonly SessionError ApplicationNameTooLong = User("applicationName: it has at most 200 characters");
    public static readonly SessionError PasswordUnclear = User("password, hashedPassword: one of the two must have a value");
    public static readonly SessionError PasswordWithNul = User("password: it cannot contain a NUL character");
    public static readonly SessionError WebAuthnKeyNameLength = User("passkeyName, tokenName: a key has a name of 1 to 200 characters");
    public static readonly SessionError AdministratorsInvalid = User(
        "admins: there are at most 100, and each existing user is named once by an id that is not empty"
    );
    public static readonly SessionError ResourceUnclear = User("resource: it must be instance or an organizationId that is not empty");
    public static readonly SessionError LinkInvalid = new(
        "COMMAND-6m9Kd",
        InvalidArgument,
        "idpId, userId, userName: each has 1 to 200 characters, no control characters and not only white space"
    );
    public static readonly SessionError LinkUnclear = new(
        "COMMAND-6m9Kd",
        InvalidArgument,
        "idpLink, provedIdpLink: a request has one of the two"
    );

    // External identity providers.
    public static readonly SessionError ProviderIdInvalid = Provider("id: it has 1 to 200 characters without control characters");
    public static readonly SessionError ProviderNameInvalid = Provider("name: it has 1 to 200 characters without control characters");
    public static readonly SessionError ProviderClientIdInvalid = Provider(
        "clientId: it has 1 to 200 characters without control characters"
    );
    public static readonly SessionError ProviderSecretTooLong = Provider("clientSecret: it has at most 200 characters");
    public static readonly SessionError ProviderIssuerInvalid = Provider(
        "issuer: it must be an https URL (http only on loopback) of at most 200 characters, without user name, query and fragment"
    );
    public static readonly SessionError ProviderIssuerIsDocument = Provider(
        "issuer: this is the address of a discovery document; the issuer is what the document calls issuer"
    );
    public static readonly SessionError ProviderIssuerUnconfirmed = Provider(
        "issuer: its discovery document must exist and name exactly this issuer"
    );
    public static readonly SessionError ProviderScopesInvalid = Provider(
        "scopes: there are at most 20, each of 1 to 200 visible ASCII characters except \" and \\"
    );
    public static readonly SessionError ProviderAutoLinkingUnknown = Provider("providerOptions.autoLinking: the value is not known");
    public static readonly SessionError ProviderKindUnknown = Provider("kind: the value is not known");
    public static readonly SessionError ProviderEndpointsInvalid = Provider(
        "authorizationEndpoint, tokenEndpoint, userEndpoint: each is an https URL (http only on loopback) of at most 500 characters, "
            + "without user name and fragment"
    );
    public static readonly SessionError ProviderIdAttributeInvalid = Provider(
        "idAttribute: it has 1 to 200 characters without control characters"
    );
    public static readonly SessionError ProviderTenantInvalid = Provider(
        "tenant: tenantId is the id or a domain of a tenant (1 to 100 ASCII letters, digits, - and .), tenantType a known value"
    );
    public static readonly SessionError ProviderAppleIdsInvalid = Provider("teamId, keyId: each has 1 to 200 letters and digits of ASCII");
    public static readonly SessionError ProviderPrivateKeyInvalid = Provider(
        "privateKey: it is a private key on the curve P-256 as PEM, of at most 4096 characters"
    );
    public static readonly SessionError ProviderTokenIssuerInvalid = Provider(
        "issuer: it has 1 to 200 characters without control characters"
    );
    public static readonly SessionError ProviderTokenEndpointsInvalid = Provider(
        "jwtEndpoint, keysEndpoint: each is an https URL (http only on loopback) of at most 500 characters, without user name and fragment"
    );
    public static readonly SessionError ProviderHeaderInvalid = Provider(
        "headerName: it is the name of a header (RFC 9110), 1 to 200 characters"
    );

    // Clients of OpenID Connect.
    public static readonly SessionError ClientIdInvalid = Client(
        "clientId: it has 1 to 200 letters, digits or -._~@ of ASCII, and cannot be zitadel, . or .."
    );
    public static readonly SessionError ClientNameTooLong = Client("name: it has at most 200 characters");
    public static readonly SessionError ClientAuthenticationUnknown = Client("authentication: the value is not known");
    public static readonly SessionError ClientTokenTypeUnknown = Client("accessTokenType: the value is not known");
    public static readonly SessionError ClientSecretUnfit = Client(
        "authentication: a client has a secret if it authenticates with one, and otherwise none"
    );
    public static readonly SessionError ClientKeysInvalid = Client(
        "jsonWebKeys, jwksUri: a client with private_key_jwt, self_signed_tls_client_auth or signed request objects has one of the two, "
            + "and other clients have none. jsonWebKeys is a JSON Web Key Set of 1 to 50 public keys (RSA, EC) in at most 16384 characters"
    );
    public static readonly SessionError ClientKeysWeak = Client("jsonWebKeys: each RSA key has a modulus (n) of 2048 bits or more");
    public static readonly SessionError ClientCertificateNameInvalid = Client(
        "certificateName, certificateNameKind: a client with tls_client_auth has a name of 1 to 1000 characters, and other clients have "
            + "none. It is a distinguished name such as CN=shop,O=Example, with one attribute in each part, or an IP address, if the kind "
            + "says so"
    );
    public static readonly SessionError ClientJwksUriInvalid = Client(
        "jwksUri: it must be an https URL (http only on loopback) of at most 2000 characters, without user name and fragment"
    );
    public static readonly SessionError ClientAudiencesInvalid = Client(
        "audiences: there are at most 50, each the id of a client or project (1 to 200 letters, digits or -._~@ of ASCII) or an absolute "
            + "URI without fragment, and not zitadel, which needs a scope"
    );
    public static readonly SessionError ClientGrantTypesUnknown = Client(
        "grantTypes: they can be authorization_code, refresh_token, client_credentials, urn:ietf:params:oauth:grant-type:device_code and "
            + "urn:ietf:params:oauth:grant-type:token-exchange"
    );
    public static readonly SessionError ClientRedirectUrisUnfit = Client(
        "redirectUris: a client with authorization_code has at least one, and other clients have none"
    );
    public static readonly SessionError ClientRefreshUnfit = Client(
        "grantTypes: refresh_token needs authorization_code or device_code beside it"
    );
    public static readonly SessionError ClientExchangeUnfit = Client("grantTypes: token-exchange is only for clients that authenticate");
    public static readonly SessionError ClientCredentialsUnfit = Client(
        "grantTypes: client_credentials is only for clients that authenticate"
    );
    public static readonly SessionError ClientRedirectUrisWildcard = Client(
        "redirectUris, postLogoutRedirectUris: addresses are compared character by character, so none can have a wildcard (*)"
    );
    public static readonly SessionError ClientRedirectUrisInvalid = Client(
        "redirectUris, postLogoutRedirectUris: there are at most 50 of each. Each is https, http on loopback, or an app's own scheme with "
            + "a dot, and has at most 2000 ASCII characters without spaces, user name and fragment"
    );
    public static readonly SessionError ClientLoginUriInvalid = Client(
        "loginUri: it must be an https URL (http only on loopback) of at most 2000 characters, without user name and fragment"
    );
    public static readonly SessionError ClientLogoUriInvalid = Client(
        "logoUri: it must be an https URL (http only on loopback) of at most 2000 characters, without user name and fragment"
    );
    public static readonly SessionError ClientLogoutUriInvalid = Client(
        "backchannelLogoutUri: it must be an http or https URL of at most 2000 characters, without user name and fragment"
    );
    public static readonly SessionError ClientFrontLogoutUriInvalid = Client(
        "frontchannelLogoutUri: it must be an https URL (http only on loopback) of at most 2000 characters, without user name and "
            + "fragment, with the scheme, host and port of one of the redirectUris"
    );
    public static readonly SessionError ClientResourcesInvalid = Client(
        "resources: there are at most 50, each an absolute URI of at most 2000 characters without fragment"
    );
    public static readonly SessionError InitialTokenInvalid = Client(
        "uses, lifetime: an initial access token is good for 1 to 1000 registrations, and for up to 365 days"
    );
    public static readonly SessionError ClientScopesInvalid = Client(
        "scopes: there are at most 50, each of 1 to 300 visible ASCII characters except \" and \\"
    );
    public static readonly SessionError ClientAcrUnknown = Client("minimumAcr: it must be aal1, aal2, phr or aal3");
    public static readonly SessionError ClientProjectIdLength = Client("projectId: it has 1 to 200 characters");
    public static readonly SessionError ClientKindUnknown = Client("applicationType: the value is not known");
    public static readonly SessionError ClientClockSkewInvalid = Client("clockSkew: it is 0 to 5 seconds");
    public static readonly SessionError ClientOriginsInvalid = Client(
        "additionalOrigins: there are at most 50, each an http or https URL of at most 2000 characters"
    );
    public static readonly SessionError ClientLoginClientLength = Client("loginClientId: it has 1 to 200 characters");
    public static readonly SessionError ClientSenderConstraintUnknown = Client("senderConstraint: the value is not known");
    public static readonly SessionError ClientProfileUnknown = Client("profile: the value is not known");
    public static readonly SessionError ClientProfileAuthenticationUnfit = Client(
        "authentication: with the profile FAPI2 it must be PRIVATE_KEY_JWT, TLS_CLIENT_AUTH or SELF_SIGNED_TLS_CLIENT_AUTH"
    );
    public static readonly SessionError ClientProfilePkceUnfit = Client("requirePkce: it cannot be false with the profile FAPI2");
    public static readonly SessionError ClientIdTokenAlgorithmUnknown = Client(
        "idTokenSignedResponseAlg: it must be RS256, RS384, RS512, PS256, ES256, ES384 or ES512"
    );
    public static readonly SessionError ClientAccessTokenAlgorithmUnknown = Client(
        "accessTokenSignedResponseAlg: it must be RS256, RS384, RS512, PS256, ES256, ES384 or ES512"
    );
    public static readonly SessionError ClientProfileAlgorithmUnfit = Client(
        "idTokenSignedResponseAlg, accessTokenSignedResponseAlg: with the profile FAPI2 they must be ES256 or PS256"
    );
    public static readonly SessionError ClientRequestAlgorithmUnknown = Client(
        "requestObjectSigningAlg: it must be RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or ES512"
    );
    public static readonly SessionError ClientProfileRequestAlgorithmUnfit = Client(
        "requestObjectSigningAlg: with the profile FAPI2 it must be PS256 or ES256"
    );
    public static readonly SessionError ClientClaimsTooMany = Client(
        "claims: there are at most 50, each with a name of its own, and their keys have at most 16 KiB in all"
    );
    public static readonly SessionError ClientClaimNameReserved = Client(
        "claims: names of the protocols, such as iss, sub, aud, scope and email_verified, and names that begin with urn:zitadel: "
            + "are reserved; email and phone_number are only for the fields email and phone of PROFILE"
    );
    public static readonly SessionError ClientClaimInvalid = Client(
        "claims: a name has 1 to 200 visible ASCII characters. The key names a field of the user for PROFILE, a metadata entry "
            + "(1 to 200 characters) for METADATA, a project or nothing for ROLES, and is the text (at most 4096 bytes, JSON if "
            + "json is set) for FIXED"
    );
    public static readonly SessionError ClientTooLarge = Client(
        "client: the settings of an application that is in a project, or registered itself, have at most 16 KiB in all"
    );

    // SAML service providers.
    public static readonly SessionError ServiceProviderMetadataNotAlone = ServiceProvider(
        "metadata: they contain assertionConsumerServices, singleLogoutServices, signingCertificates, nameIdFormats and "
            + "encryptionCertificate, so these fields must be empty"
    );
    public static readonly SessionError ServiceProviderMetadataAmbiguous = ServiceProviderMetadata(
        "metadata: they describe several entities. entityId chooses one"
    );
    public static readonly SessionError ServiceProviderMetadataOfOthers = ServiceProviderMetadata(
        "metadata: they do not describe the entity that entityId names"
    );
    public static readonly SessionError ServiceProviderMetadataWithoutRole = ServiceProviderMetadata(
        "metadata: the entity must have one SPSSODescriptor, which supports urn:oasis:names:tc:SAML:2.0:protocol"
    );
    public static readonly SessionError ServiceProviderMetadataCertificateUnreadable = ServiceProviderMetadata(
        "metadata: an X509Certificate is empty, or is not base64 of DER"
    );
    public static readonly SessionError ServiceProviderMetadataIndexInvalid = ServiceProviderMetadata(
        "metadata: the index of an AssertionConsumerService is 0 to 65535"
    );
    public static readonly SessionError ServiceProviderMetadataWithoutConsumer = ServiceProviderMetadata(
        "metadata: an AssertionConsumerService must have the binding HTTP-POST or HTTP-Redirect or, if there is a signing certificate, "
            + "HTTP-Artifact. PAOS and others are not offered"
    );
    public static readonly SessionError ServiceProviderMetadataExpired = ServiceProviderMetadata(
        "metadata: their validUntil is over, or is not a time"
    );
    public static readonly SessionError ServiceProviderMetadataUrlInvalid = ServiceProvider(
        "metadataUrl: it is an https URL (http only on loopback) of at most 2000 characters, without fragment, and there is no metadata "
            + "beside it"
    );
    public static readonly SessionError ServiceProviderMetadataCertificateInvalid = ServiceProvider(
        "metadataCertificate: it needs metadataUrl, and is an X.509 certificate for an RSA key of 2048 bits or more, or for a key on a "
            + "curve of 256 bits or more"
    );
    public static readonly SessionError ServiceProviderIdInvalid = ServiceProvider(
        "id: it has 1 to 200 letters, digits or -._~@ of ASCII, and cannot be . or .."
    );
    public static readonly SessionError ServiceProviderNameTooLong = ServiceProvider("name: it has at most 200 characters");
    public static readonly SessionError ServiceProviderEntityIdInvalid = ServiceProvider(
        "entityId: it has 1 to 1024 visible ASCII characters"
    );
    public static readonly SessionError ServiceProviderConsumersInvalid = ServiceProvider(
        "assertionConsumerServices: there are 1 to 100 different ones"
    );
    public static readonly SessionError ServiceProviderConsumerBindingUnknown = ServiceProvider(
        "assertionConsumerServices.binding: it is HTTP-POST, HTTP-Redirect or HTTP-Artifact. PAOS and others are not offered"
    );
    public static readonly SessionError ServiceProviderArtifactUnfit = ServiceProvider(
        "assertionConsumerServices.binding: HTTP-Artifact needs a signing certificate, by which the service provider proves that it "
            + "fetches its own responses"
    );
    public static readonly SessionError ServiceProviderConsumerIndexInvalid = ServiceProvider(
        "assertionConsumerServices.index: it is 0 to 65535"
    );
    public static readonly SessionError ServiceProviderConsumerLocationInvalid = ServiceProvider(
        "assertionConsumerServices.location: it is an https URL (http only on loopback) of at most 2000 characters, without fragment"
    );
    public static readonly SessionError ServiceProviderLogoutInvalid = ServiceProvider("singleLogoutServices: there are at most 20");
    public static readonly SessionError ServiceProviderLogoutBindingUnknown = ServiceProvider(
        "singleLogoutServices.binding: it is HTTP-POST or HTTP-Redirect"
    );
    public static readonly SessionError ServiceProviderLogoutLocationInvalid = ServiceProvider(
        "singleLogoutServices.location: it and responseLocation are https URLs (http only on loopback) of at most 2000 characters, without "
            + "fragment"
    );
    public static readonly SessionError ServiceProviderCertificatesInvalid = ServiceProvider("signingCertificates: there are at most 20");
    public static readonly SessionError ServiceProviderCertificateUnreadable = ServiceProvider(
        "signingCertificates: one is empty, or is not an X.509 certificate as PEM or as base64 of DER"
    );
    public static readonly SessionError ServiceProviderCertificateWeak = ServiceProvider(
        "signingCertificates: each is for an RSA key of 2048 bits or more, or for a key on a curve of 256 bits or more"
    );
    public static readonly SessionError ServiceProviderSignaturesUnfit = ServiceProvider(
        "requireSignedRequests: it needs a signing certificate"
    );
    public static readonly SessionError ServiceProviderNameIdFormatsInvalid = ServiceProvider(
        "nameIdFormats: there are at most 20, each of 1 to 200 characters"
    );
    public static readonly SessionError ServiceProviderLoginUriInvalid = ServiceProvider(
        "loginUri: it must be an https URL (http only on loopback) of at most 2000 characters, without fragment"
    );
    public static readonly SessionError ServiceProviderAcrUnknown = ServiceProvider("minimumAcr: it must be aal1, aal2, phr or aal3");
    public static readonly SessionError ServiceProviderEncryptionUnfit = ServiceProvider(
        "encryptAssertions: it needs a certificate of an RSA key of 2048 bits or more, and an encryptionMethod of AES-CBC or AES-GCM with "
            + "256 or 128 bits. Without it there is no encryptionCertificate"
    );
    public static readonly SessionError ServiceProviderProjectIdLength = ServiceProvider("projectId: it has 1 to 200 characters");
    public static readonly SessionError ServiceProviderLoginClientLength = ServiceProvider("loginClientId: it has 1 to 200 characters");
    public static readonly SessionError ServiceProviderAttributesTooMany = ServiceProvider(
        "attributes: there are at most 50, with different names"
    );
    public static readonly SessionError ServiceProviderAttributeInvalid = ServiceProvider(
        "attributes: name, nameFormat and friendlyName have at most 200 visible ASCII characters, and there is a name. The key names a "
            + "field of the user for PROFILE, a metadata entry (1 to 200 characters) for METADATA, a project or nothing for ROLES, and is "
            + "the text (at most 4096 bytes, JSON if json is set) for FIXED"
    );
    public static readonly SessionError ServiceProviderAttributeSetUnknown = ServiceProvider("attributeSet: the value is not known");

    // Projects and their roles.
    public static readonly SessionError ProjectIdInvalid = Project(
        "projectId: it has 1 to 200 letters, digits or -._~@ of ASCII, and cannot be ., .. or zitadel"
    );
    public static readonly SessionError ProjectNameInvalid = Project(
        "name: it has 1 to 200 characters without control characters, not only white space"
    );
    public static readonly SessionError ProjectBrandingUnknown = Project("privateLabelingSetting: the value is not known");
    public static readonly SessionError ProjectRoleKeyInvalid = Project(
        "roleKey: it has 1 to 200 characters without control characters, not only white space"
    );
    public static readonly SessionError ProjectRoleNameInvalid = Project(
        "displayName: it has 1 to 200 characters without control characters, not only white space"
    );
    public static readonly SessionError ProjectRoleGroupInvalid = Project(
        "group: it is empty, or has 1 to 200 characters without control characters, not only white space"
    );

    // Settings that are changed at run time.
    public static readonly SessionError FrameOriginsInvalid = Frames(
        "embeddedIframe.allowedOrigins: there are at most 50 different ones. Each is an origin as browsers write it, such as "
            + "https://app.example.com (http only on loopback), of at most 200 ASCII characters, without path, user name, usual port and "
            + "any of ; , ' \" * \\"
    );
    public static readonly SessionError FrameOriginsUnfit = Frames(
        "embeddedIframe: it has allowedOrigins if it is enabled, and none if it is not"
    );
#pragma warning restore CS1591

    private static SessionError User(string text) => new("COMMA-095xh8fll1", InvalidArgument, text);

    private static SessionError Provider(string text) => new("COMMAND-idpIn", InvalidArgument, text);

    private static SessionError Client(string text) => new("OIDC-Cli03", InvalidArgument, text);

    private static SessionError Project(string text) => new("PROJECT-In001", InvalidArgument, text);

    private static SessionError Frames(string text) => new("SETTINGS-Fram1", InvalidArgument, text);

    private static SessionError ServiceProvider(string text) => new("SAML-Sp003", InvalidArgument, text);

    private static SessionError ServiceProviderMetadata(string text) => new("SAML-Sp006", InvalidArgument, text);
}
