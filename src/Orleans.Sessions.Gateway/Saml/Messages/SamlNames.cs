namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>
/// The names of SAML 2.0 (OASIS, March 2005) that only messages need. The registry has the names of bindings and name id formats.
/// </summary>
internal static class SamlNames
{
    public const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    public const string Assertion = "urn:oasis:names:tc:SAML:2.0:assertion";
    public const string Metadata = "urn:oasis:names:tc:SAML:2.0:metadata";
    public const string Algorithms = "urn:oasis:names:tc:SAML:metadata:algsupport";
    public const string Signature = "http://www.w3.org/2000/09/xmldsig#";

    public const string Success = "urn:oasis:names:tc:SAML:2.0:status:Success";
    public const string Requester = "urn:oasis:names:tc:SAML:2.0:status:Requester";
    public const string Responder = "urn:oasis:names:tc:SAML:2.0:status:Responder";
    public const string AuthnFailed = "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed";
    public const string NoPassive = "urn:oasis:names:tc:SAML:2.0:status:NoPassive";
    public const string UnknownPrincipal = "urn:oasis:names:tc:SAML:2.0:status:UnknownPrincipal";
    public const string PartialLogout = "urn:oasis:names:tc:SAML:2.0:status:PartialLogout";

    public const string Entity = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";

    public const string PasswordProtectedTransport = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
    public const string UnspecifiedContext = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";

    public const string Basic = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
    public const string Uri = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";
    public const string UnspecifiedName = "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified";
    public const string LogoutByUser = "urn:oasis:names:tc:SAML:2.0:logout:user";
    public const string Bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
}
