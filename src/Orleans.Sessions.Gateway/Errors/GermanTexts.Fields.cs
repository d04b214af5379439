namespace Orleans.Sessions.Gateway.Errors;

/// <content>Values that break a rule, as in <c>SessionErrors.Fields.cs</c>.</content>
internal static partial class GermanTexts
{
    private static Dictionary<string, string> Fields =>
        new(StringComparer.Ordinal)
        {
            ["human, machine: a user is one of the two"] = "human, machine: Ein Benutzer ist eines von beiden",
            ["human, machine: the changes must be of the kind of the user"] =
                "human, machine: Die Änderungen müssen zur Art des Benutzers passen",
            ["userId, organizationId: an id has 1 to 200 characters"] = "userId, organizationId: Eine ID hat 1 bis 200 Zeichen",
            ["username: a name has 1 to 200 characters, not only white space"] =
                "username: Ein Name hat 1 bis 200 Zeichen und besteht nicht nur aus Leerraum",
            ["profile: a person has a given name and a family name"] = "profile: Eine Person hat einen Vornamen und einen Nachnamen",
            ["givenName, familyName: each has 1 to 200 characters, not only white space"] =
                "givenName, familyName: Beide haben 1 bis 200 Zeichen und bestehen nicht nur aus Leerraum",
            ["nickName, displayName: each has at most 200 characters"] = "nickName, displayName: Beide haben höchstens 200 Zeichen",
            ["preferredLanguage: it has at most 10 characters"] = "preferredLanguage: Der Wert hat höchstens 10 Zeichen",
            ["email: a person has an e-mail address"] = "email: Eine Person hat eine E-Mail-Adresse",
            ["email: an address has at most 200 characters, with an @ between two of them"] =
                "email: Eine Adresse hat höchstens 200 Zeichen, mit einem @ zwischen zwei anderen",
            ["name: a service account has a name of 1 to 200 characters"] = "name: Ein Dienstkonto hat einen Namen von 1 bis 200 Zeichen",
            ["accessTokenType: the value is not known"] = "accessTokenType: Der Wert ist unbekannt",
            ["description: it has at most 500 characters"] = "description: Der Wert hat höchstens 500 Zeichen",
            ["applicationName: it has at most 200 characters"] = "applicationName: Der Wert hat höchstens 200 Zeichen",
            ["password, hashedPassword: one of the two must have a value"] =
                "password, hashedPassword: Eines von beiden muss einen Wert haben",
            ["password: it cannot contain a NUL character"] = "password: Der Wert darf kein NUL-Zeichen enthalten",
            ["passkeyName, tokenName: a key has a name of 1 to 200 characters"] =
                "passkeyName, tokenName: Ein Schlüssel hat einen Namen von 1 bis 200 Zeichen",
            ["admins: there are at most 100, and each existing user is named once by an id that is not empty"] =
                "admins: Es sind höchstens 100, und jeder bestehende Benutzer ist einmal mit einer nicht leeren ID genannt",
            ["resource: it must be instance or an organizationId that is not empty"] =
                "resource: Der Wert muss instance oder eine nicht leere organizationId sein",
            ["idpId, userId, userName: each has 1 to 200 characters, no control characters and not only white space"] =
                "idpId, userId, userName: Alle haben 1 bis 200 Zeichen, keine Steuerzeichen und nicht nur Leerraum",
            ["idpLink, provedIdpLink: a request has one of the two"] = "idpLink, provedIdpLink: Eine Anfrage hat eines von beiden",
            ["id: it has 1 to 200 characters without control characters"] = "id: Der Wert hat 1 bis 200 Zeichen ohne Steuerzeichen",
            ["name: it has 1 to 200 characters without control characters"] = "name: Der Wert hat 1 bis 200 Zeichen ohne Steuerzeichen",
            ["clientId: it has 1 to 200 characters without control characters"] =
                "clientId: Der Wert hat 1 bis 200 Zeichen ohne Steuerzeichen",
            ["clientSecret: it has at most 200 characters"] = "clientSecret: Der Wert hat höchstens 200 Zeichen",
            ["issuer: it must be an https URL (http only on loopback) of at most 200 characters, without user name, query and fragment"] =
                "issuer: Der Wert muss eine https-URL (http nur auf dem eigenen Rechner) von höchstens 200 Zeichen "
                + "sein, ohne Benutzernamen, "
                + "Query und Fragment",
            ["issuer: this is the address of a discovery document; the issuer is what the document calls issuer"] =
                "issuer: Das ist die Adresse eines Discovery-Dokuments; der Aussteller ist, was das Dokument issuer nennt",
            ["kind: the value is not known"] = "kind: Der Wert ist nicht bekannt",
            [
                "authorizationEndpoint, tokenEndpoint, userEndpoint: each is an https URL (http only on loopback) of at most 500 "
                    + "characters, without user name and fragment"
            ] =
                "authorizationEndpoint, tokenEndpoint, userEndpoint: Alle sind https-URLs (http nur auf dem eigenen Rechner) von höchstens "
                + "500 Zeichen, ohne Benutzernamen und Fragment",
            ["idAttribute: it has 1 to 200 characters without control characters"] =
                "idAttribute: Der Wert hat 1 bis 200 Zeichen ohne Steuerzeichen",
            ["tenant: tenantId is the id or a domain of a tenant (1 to 100 ASCII letters, digits, - and .), tenantType a known value"] =
                "tenant: tenantId ist die ID oder eine Domain eines Mandanten (1 bis 100 ASCII-Buchstaben, Ziffern, - und .), "
                + "tenantType ein bekannter Wert",
            ["teamId, keyId: each has 1 to 200 letters and digits of ASCII"] =
                "teamId, keyId: Beide haben 1 bis 200 Buchstaben und Ziffern aus ASCII",
            ["issuer: it has 1 to 200 characters without control characters"] = "issuer: Der Wert hat 1 bis 200 Zeichen ohne Steuerzeichen",
            [
                "jwtEndpoint, keysEndpoint: each is an https URL (http only on loopback) of at most 500 characters, without user name and "
                    + "fragment"
            ] =
                "jwtEndpoint, keysEndpoint: Beide sind https-URLs (http nur auf dem eigenen Rechner) von höchstens 500 Zeichen, ohne "
                + "Benutzernamen und Fragment",
            ["headerName: it is the name of a header (RFC 9110), 1 to 200 characters"] =
                "headerName: Der Wert ist der Name eines Headers (RFC 9110), 1 bis 200 Zeichen",
            ["privateKey: it is a private key on the curve P-256 as PEM, of at most 4096 characters"] =
                "privateKey: Der Wert ist ein privater Schlüssel auf der Kurve P-256 als PEM, von höchstens 4096 Zeichen",
            ["issuer: its discovery document must exist and name exactly this issuer"] =
                "issuer: Sein Discovery-Dokument muss vorhanden sein und genau diesen Aussteller nennen",
            ["scopes: there are at most 20, each of 1 to 200 visible ASCII characters except \" and \\"] =
                "scopes: Es sind höchstens 20, jeder mit 1 bis 200 sichtbaren ASCII-Zeichen außer \" und \\",
            ["providerOptions.autoLinking: the value is not known"] = "providerOptions.autoLinking: Der Wert ist unbekannt",
            ["clientId: it has 1 to 200 letters, digits or -._~@ of ASCII, and cannot be zitadel, . or .."] =
                "clientId: Der Wert hat 1 bis 200 ASCII-Buchstaben, Ziffern oder -._~@ und ist nicht zitadel, . oder ..",
            ["name: it has at most 200 characters"] = "name: Der Wert hat höchstens 200 Zeichen",
            ["authentication: the value is not known"] = "authentication: Der Wert ist unbekannt",
            ["authentication: a client has a secret if it authenticates with one, and otherwise none"] =
                "authentication: Ein Client hat ein Geheimnis, wenn er sich mit einem ausweist, und sonst keines",
            [
                "jsonWebKeys, jwksUri: a client with private_key_jwt, self_signed_tls_client_auth or signed request objects has one of the "
                    + "two, and other clients have none. jsonWebKeys is a JSON Web Key Set of 1 to 50 public keys (RSA, EC) in at most "
                    + "16384 characters"
            ] =
                "jsonWebKeys, jwksUri: Ein Client mit private_key_jwt, self_signed_tls_client_auth oder signierten Anfragen hat eines von "
                + "beiden, und andere Clients haben keines. jsonWebKeys ist ein JSON Web Key Set aus 1 bis 50 öffentlichen Schlüsseln "
                + "(RSA, EC) in höchstens 16384 Zeichen",
            ["jsonWebKeys: each RSA key has a modulus (n) of 2048 bits or more"] =
                "jsonWebKeys: Jeder RSA-Schlüssel hat einen Modulus (n) von 2048 Bit oder mehr",
            [
                "certificateName, certificateNameKind: a client with tls_client_auth has a name of 1 to 1000 characters, and other "
                    + "clients have none. It is a distinguished name such as CN=shop,O=Example, with one attribute in each part, or an "
                    + "IP address, if the kind says so"
            ] =
                "certificateName, certificateNameKind: Ein Client mit tls_client_auth hat einen Namen mit 1 bis 1000 Zeichen, und andere "
                + "Clients haben keinen. Er ist ein Distinguished Name wie CN=shop,O=Example mit einem Attribut in jedem Teil oder eine "
                + "IP-Adresse, wenn die Art es sagt",
            ["jwksUri: it must be an https URL (http only on loopback) of at most 2000 characters, without user name and fragment"] =
                "jwksUri: Der Wert muss eine https-URL (http nur auf dem eigenen Rechner) von höchstens 2000 Zeichen sein, ohne "
                + "Benutzernamen und Fragment",
            [
                "audiences: there are at most 50, each the id of a client or project (1 to 200 letters, digits or -._~@ of ASCII) or an "
                    + "absolute URI without fragment, and not zitadel, which needs a scope"
            ] =
                "audiences: Es sind höchstens 50, jede die ID eines Clients oder Projekts (1 bis 200 ASCII-Buchstaben, Ziffern oder -._~@) "
                + "oder eine absolute URI ohne Fragment, und nicht zitadel, wofür es einen Scope braucht",
            ["redirectUris, postLogoutRedirectUris: addresses are compared character by character, so none can have a wildcard (*)"] =
                "redirectUris, postLogoutRedirectUris: Adressen werden Zeichen für Zeichen verglichen, also kann keine einen Platzhalter "
                + "(*) haben",
            [
                "grantTypes: they can be authorization_code, refresh_token, client_credentials, "
                    + "urn:ietf:params:oauth:grant-type:device_code and urn:ietf:params:oauth:grant-type:token-exchange"
            ] =
                "grantTypes: Erlaubt sind authorization_code, refresh_token, client_credentials, "
                + "urn:ietf:params:oauth:grant-type:device_code und "
                + "urn:ietf:params:oauth:grant-type:token-exchange",
            ["redirectUris: a client with authorization_code has at least one, and other clients have none"] =
                "redirectUris: Ein Client mit authorization_code hat mindestens eine, und andere Clients haben keine",
            ["grantTypes: refresh_token needs authorization_code or device_code beside it"] =
                "grantTypes: refresh_token braucht daneben authorization_code oder device_code",
            ["grantTypes: token-exchange is only for clients that authenticate"] =
                "grantTypes: token-exchange ist nur für Clients, die sich ausweisen",
            ["grantTypes: client_credentials is only for clients that authenticate"] =
                "grantTypes: client_credentials ist nur für Clients, die sich ausweisen",
            [
                "redirectUris, postLogoutRedirectUris: there are at most 50 of each. Each is https, http on "
                    + "loopback, or an app's own scheme "
                    + "with a dot, and has at most 2000 ASCII characters without spaces, user name and fragment"
            ] =
                "redirectUris, postLogoutRedirectUris: Es sind je höchstens 50. Jede hat das Schema https, auf dem "
                + "eigenen Rechner http oder "
                + "das eigene einer App mit einem Punkt, und höchstens 2000 ASCII-Zeichen ohne Leerzeichen, Benutzernamen und Fragment",
            ["loginUri: it must be an https URL (http only on loopback) of at most 2000 characters, without user name and fragment"] =
                "loginUri: Der Wert muss eine https-URL (http nur auf dem eigenen Rechner) von höchstens 2000 Zeichen sein, ohne "
                + "Benutzernamen und Fragment",
            ["logoUri: it must be an https URL (http only on loopback) of at most 2000 characters, without user name and fragment"] =
                "logoUri: Der Wert muss eine https-URL (http nur auf dem eigenen Rechner) von höchstens 2000 Zeichen "
                + "sein, ohne Benutzernamen "
                + "und Fragment",
            ["backchannelLogoutUri: it must be an http or https URL of at most 2000 characters, without user name and fragment"] =
                "backchannelLogoutUri: Der Wert muss eine http- oder https-URL von höchstens 2000 Zeichen sein, ohne Benutzernamen und "
                + "Fragment",
            [
                "frontchannelLogoutUri: it must be an https URL (http only on loopback) of at most 2000 characters, without user name and "
                    + "fragment, with the scheme, host and port of one of the redirectUris"
            ] =
                "frontchannelLogoutUri: Der Wert muss eine https-URL (http nur auf dem eigenen Rechner) von höchstens 2000 Zeichen sein, "
                + "ohne Benutzernamen und Fragment, mit Schema, Host und Port einer der redirectUris",
            ["resources: there are at most 50, each an absolute URI of at most 2000 characters without fragment"] =
                "resources: Es gibt höchstens 50, jede ist eine absolute URI von höchstens 2000 Zeichen ohne Fragment",
            ["The resource is none of those that the login was for"] = "Die Ressource ist keine von denen, für die die Anmeldung war",
            ["uses, lifetime: an initial access token is good for 1 to 1000 registrations, and for up to 365 days"] =
                "uses, lifetime: Ein erstes Zugriffstoken gilt für 1 bis 1000 Registrierungen und bis zu 365 Tage",
            ["Too many initial access tokens: the maximum is 100"] = "Zu viele erste Zugriffstoken: höchstens 100",
            ["scopes: there are at most 50, each of 1 to 300 visible ASCII characters except \" and \\"] =
                "scopes: Es sind höchstens 50, jeder mit 1 bis 300 sichtbaren ASCII-Zeichen außer \" und \\",
            ["claims: there are at most 50, each with a name of its own, and their keys have at most 16 KiB in all"] =
                "claims: Es gibt höchstens 50, jeder mit einem eigenen Namen, und ihre Schlüssel haben zusammen höchstens 16 KiB",
            [
                "claims: names of the protocols, such as iss, sub, aud, scope and email_verified, and names that begin with urn:zitadel: "
                    + "are reserved; email and phone_number are only for the fields email and phone of PROFILE"
            ] =
                "claims: Namen der Protokolle, etwa iss, sub, aud, scope und email_verified, und Namen, die mit urn:zitadel: beginnen, "
                + "sind vergeben; email und phone_number sind nur für die Felder email und phone von PROFILE",
            [
                "claims: a name has 1 to 200 visible ASCII characters. The key names a field of the user for PROFILE, a metadata entry "
                    + "(1 to 200 characters) for METADATA, a project or nothing for ROLES, and is the text (at most 4096 bytes, JSON if "
                    + "json is set) for FIXED"
            ] =
                "claims: Ein Name hat 1 bis 200 sichtbare ASCII-Zeichen. Der Schlüssel nennt bei PROFILE ein Feld des Benutzers, bei "
                + "METADATA einen Metadateneintrag (1 bis 200 Zeichen), bei ROLES ein Projekt oder nichts, und ist bei FIXED der Text "
                + "(höchstens 4096 Bytes, JSON, wenn json gesetzt ist)",
            ["senderConstraint: the value is not known"] = "senderConstraint: Der Wert ist nicht bekannt",
            ["profile: the value is not known"] = "profile: Der Wert ist nicht bekannt",
            ["authentication: with the profile FAPI2 it must be PRIVATE_KEY_JWT, TLS_CLIENT_AUTH or SELF_SIGNED_TLS_CLIENT_AUTH"] =
                "authentication: Mit dem Profil FAPI2 muss der Wert PRIVATE_KEY_JWT, TLS_CLIENT_AUTH oder SELF_SIGNED_TLS_CLIENT_AUTH "
                + "sein",
            ["requirePkce: it cannot be false with the profile FAPI2"] = "requirePkce: Mit dem Profil FAPI2 kann der Wert nicht false sein",
            ["idTokenSignedResponseAlg: it must be RS256, RS384, RS512, PS256, ES256, ES384 or ES512"] =
                "idTokenSignedResponseAlg: Der Wert muss RS256, RS384, RS512, PS256, ES256, ES384 oder ES512 sein",
            ["accessTokenSignedResponseAlg: it must be RS256, RS384, RS512, PS256, ES256, ES384 or ES512"] =
                "accessTokenSignedResponseAlg: Der Wert muss RS256, RS384, RS512, PS256, ES256, ES384 oder ES512 sein",
            ["idTokenSignedResponseAlg, accessTokenSignedResponseAlg: with the profile FAPI2 they must be ES256 or PS256"] =
                "idTokenSignedResponseAlg, accessTokenSignedResponseAlg: Mit dem Profil FAPI2 müssen die Werte ES256 oder PS256 sein",
            ["requestObjectSigningAlg: it must be RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or ES512"] =
                "requestObjectSigningAlg: Der Wert muss RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 oder ES512 sein",
            ["requestObjectSigningAlg: with the profile FAPI2 it must be PS256 or ES256"] =
                "requestObjectSigningAlg: Mit dem Profil FAPI2 muss der Wert PS256 oder ES256 sein",
            ["minimumAcr: it must be aal1, aal2, phr or aal3"] = "minimumAcr: Der Wert muss aal1, aal2, phr oder aal3 sein",
            ["projectId: it has 1 to 200 characters"] = "projectId: Der Wert hat 1 bis 200 Zeichen",
            ["projectId: it has 1 to 200 letters, digits or -._~@ of ASCII, and cannot be ., .. or zitadel"] =
                "projectId: Der Wert hat 1 bis 200 ASCII-Buchstaben, Ziffern oder -._~@ und ist nicht ., .. oder zitadel",
            ["name: it has 1 to 200 characters without control characters, not only white space"] =
                "name: Der Wert hat 1 bis 200 Zeichen ohne Steuerzeichen und besteht nicht nur aus Leerraum",
            ["privateLabelingSetting: the value is not known"] = "privateLabelingSetting: Der Wert ist unbekannt",
            ["roleKey: it has 1 to 200 characters without control characters, not only white space"] =
                "roleKey: Der Wert hat 1 bis 200 Zeichen ohne Steuerzeichen und besteht nicht nur aus Leerraum",
            ["displayName: it has 1 to 200 characters without control characters, not only white space"] =
                "displayName: Der Wert hat 1 bis 200 Zeichen ohne Steuerzeichen und besteht nicht nur aus Leerraum",
            ["group: it is empty, or has 1 to 200 characters without control characters, not only white space"] =
                "group: Der Wert ist leer oder hat 1 bis 200 Zeichen ohne Steuerzeichen und besteht nicht nur aus Leerraum",
            [
                "embeddedIframe.allowedOrigins: there are at most 50 different ones. Each is an origin as browsers write it, such as "
                    + "https://app.example.com (http only on loopback), of at most 200 ASCII characters, without path, user name, usual "
                    + "port and any of ; , ' \" * \\"
            ] =
                "embeddedIframe.allowedOrigins: Es sind höchstens 50 verschiedene. Jede ist eine Herkunft, wie Browser sie schreiben, wie "
                + "https://app.example.com (http nur auf dem eigenen Rechner), mit höchstens 200 ASCII-Zeichen, ohne Pfad, Benutzernamen, "
                + "üblichen Port und ; , ' \" * \\",
            ["embeddedIframe: it has allowedOrigins if it is enabled, and none if it is not"] =
                "embeddedIframe: Eingeschaltet hat der Wert allowedOrigins, ausgeschaltet keine",
            ["applicationType: the value is not known"] = "applicationType: Der Wert ist unbekannt",
            ["clockSkew: it is 0 to 5 seconds"] = "clockSkew: Der Wert ist 0 bis 5 Sekunden",
            ["additionalOrigins: there are at most 50, each an http or https URL of at most 2000 characters"] =
                "additionalOrigins: Es sind höchstens 50, jede eine http- oder https-URL von höchstens 2000 Zeichen",
            ["loginClientId: it has 1 to 200 characters"] = "loginClientId: Der Wert hat 1 bis 200 Zeichen",
            ["client: the settings of an application that is in a project, or registered itself, have at most 16 KiB in all"] =
                "client: Die Einstellungen einer Anwendung in einem Projekt, oder einer selbst registrierten, haben höchstens 16 KiB",
            [
                "metadata: they contain assertionConsumerServices, singleLogoutServices, signingCertificates, nameIdFormats and "
                    + "encryptionCertificate, so these fields must be empty"
            ] =
                "metadata: Sie enthalten assertionConsumerServices, singleLogoutServices, signingCertificates, nameIdFormats und "
                + "encryptionCertificate, also müssen diese Felder leer sein",
            ["metadata: they describe several entities. entityId chooses one"] =
                "metadata: Sie beschreiben mehrere Entitäten. entityId wählt eine",
            ["metadata: they do not describe the entity that entityId names"] =
                "metadata: Sie beschreiben die Entität nicht, die entityId nennt",
            ["metadata: the entity must have one SPSSODescriptor, which supports urn:oasis:names:tc:SAML:2.0:protocol"] =
                "metadata: Die Entität muss einen SPSSODescriptor haben, der urn:oasis:names:tc:SAML:2.0:protocol unterstützt",
            ["metadata: an X509Certificate is empty, or is not base64 of DER"] =
                "metadata: Ein X509Certificate ist leer oder nicht Base64 von DER",
            ["metadata: the index of an AssertionConsumerService is 0 to 65535"] =
                "metadata: Der index eines AssertionConsumerService ist 0 bis 65535",
            [
                "metadata: an AssertionConsumerService must have the binding HTTP-POST or HTTP-Redirect or, if there is a signing "
                    + "certificate, HTTP-Artifact. PAOS and others are not offered"
            ] =
                "metadata: Ein AssertionConsumerService muss das Binding HTTP-POST oder HTTP-Redirect haben oder, wenn es ein "
                + "Signaturzertifikat gibt, HTTP-Artifact. PAOS und andere gibt es nicht",
            ["attributes: there are at most 50, with different names"] = "attributes: Es sind höchstens 50, mit verschiedenen Namen",
            [
                "attributes: name, nameFormat and friendlyName have at most 200 visible ASCII characters, and there is a name. The key "
                    + "names a field of the user for PROFILE, a metadata entry (1 to 200 characters) for METADATA, a project or nothing "
                    + "for ROLES, and is the text (at most 4096 bytes, JSON if json is set) for FIXED"
            ] =
                "attributes: name, nameFormat und friendlyName haben höchstens 200 sichtbare ASCII-Zeichen, und es gibt einen Namen. Der "
                + "Schlüssel nennt bei PROFILE ein Feld des Benutzers, bei METADATA einen Metadateneintrag (1 bis 200 Zeichen), bei ROLES "
                + "ein Projekt oder nichts, und ist bei FIXED der Text (höchstens 4096 Byte, JSON, wenn json gesetzt ist)",
            ["metadata: their validUntil is over, or is not a time"] = "metadata: Ihr validUntil ist vorbei oder keine Zeit",
            [
                "metadataUrl: it is an https URL (http only on loopback) of at most 2000 characters, without fragment, and there is no "
                    + "metadata beside it"
            ] =
                "metadataUrl: Der Wert ist eine https-URL (http nur auf dem eigenen Rechner) von höchstens 2000 Zeichen, ohne Fragment, "
                + "und daneben gibt es kein metadata",
            [
                "metadataCertificate: it needs metadataUrl, and is an X.509 certificate for an RSA key of 2048 bits or more, or for a key "
                    + "on a curve of 256 bits or more"
            ] =
                "metadataCertificate: Dies braucht metadataUrl und ist ein X.509-Zertifikat für einen RSA-Schlüssel mit mindestens 2048 "
                + "Bit oder für einen Schlüssel auf einer Kurve mit mindestens 256 Bit",
            ["attributeSet: the value is not known"] = "attributeSet: Der Wert ist unbekannt",
            ["id: it has 1 to 200 letters, digits or -._~@ of ASCII, and cannot be . or .."] =
                "id: Der Wert hat 1 bis 200 ASCII-Buchstaben, Ziffern oder -._~@ und ist nicht . oder ..",
            ["entityId: it has 1 to 1024 visible ASCII characters"] = "entityId: Der Wert hat 1 bis 1024 sichtbare ASCII-Zeichen",
            ["assertionConsumerServices: there are 1 to 100 different ones"] = "assertionConsumerServices: Es sind 1 bis 100 verschiedene",
            ["assertionConsumerServices.binding: it is HTTP-POST, HTTP-Redirect or HTTP-Artifact. PAOS and others are not offered"] =
                "assertionConsumerServices.binding: Der Wert ist HTTP-POST, HTTP-Redirect oder HTTP-Artifact. PAOS und andere gibt es "
                + "nicht",
            [
                "assertionConsumerServices.binding: HTTP-Artifact needs a signing certificate, by which the service provider proves that "
                    + "it fetches its own responses"
            ] =
                "assertionConsumerServices.binding: HTTP-Artifact braucht ein Signaturzertifikat, mit dem der Dienst beweist, dass er "
                + "seine eigenen Antworten abholt",
            ["assertionConsumerServices.index: it is 0 to 65535"] = "assertionConsumerServices.index: Der Wert ist 0 bis 65535",
            [
                "assertionConsumerServices.location: it is an https URL (http only on loopback) of at most 2000 characters, without "
                    + "fragment"
            ] =
                "assertionConsumerServices.location: Der Wert ist eine https-URL (http nur auf dem eigenen Rechner) von höchstens 2000 "
                + "Zeichen, ohne Fragment",
            ["singleLogoutServices: there are at most 20"] = "singleLogoutServices: Es sind höchstens 20",
            ["singleLogoutServices.binding: it is HTTP-POST or HTTP-Redirect"] =
                "singleLogoutServices.binding: Der Wert ist HTTP-POST oder HTTP-Redirect",
            [
                "singleLogoutServices.location: it and responseLocation are https URLs (http only on loopback) of at most 2000 characters, "
                    + "without fragment"
            ] =
                "singleLogoutServices.location: Dies und responseLocation sind https-URLs (http nur auf dem eigenen Rechner) von höchstens "
                + "2000 Zeichen, ohne Fragment",
            ["signingCertificates: there are at most 20"] = "signingCertificates: Es sind höchstens 20",
            ["signingCertificates: one is empty, or is not an X.509 certificate as PEM or as base64 of DER"] =
                "signingCertificates: Eines ist leer oder kein X.509-Zertifikat als PEM oder als Base64 von DER",
            ["signingCertificates: each is for an RSA key of 2048 bits or more, or for a key on a curve of 256 bits or more"] =
                "signingCertificates: Jedes ist für einen RSA-Schlüssel mit mindestens 2048 Bit oder für einen Schlüssel auf einer Kurve "
                + "mit mindestens 256 Bit",
            ["requireSignedRequests: it needs a signing certificate"] = "requireSignedRequests: Dies braucht ein Signaturzertifikat",
            ["nameIdFormats: there are at most 20, each of 1 to 200 characters"] =
                "nameIdFormats: Es sind höchstens 20, jedes mit 1 bis 200 Zeichen",
            ["loginUri: it must be an https URL (http only on loopback) of at most 2000 characters, without fragment"] =
                "loginUri: Der Wert muss eine https-URL (http nur auf dem eigenen Rechner) von höchstens 2000 Zeichen sein, ohne Fragment",
            [
                "encryptAssertions: it needs a certificate of an RSA key of 2048 bits or more, and an encryptionMethod of AES-CBC or "
                    + "AES-GCM with 256 or 128 bits. Without it there is no encryptionCertificate"
            ] =
                "encryptAssertions: Dies braucht ein Zertifikat eines RSA-Schlüssels mit mindestens 2048 Bit und als encryptionMethod "
                + "AES-CBC oder AES-GCM mit 256 oder 128 Bit. Ohne dies gibt es kein encryptionCertificate",
        };
}
