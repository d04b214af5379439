namespace Orleans.Sessions.Gateway.Oidc.MutualTls;

/// <summary>The names of the ways to authenticate by a TLS client certificate (RFC 8705 §2.1.1, §2.2.1).</summary>
internal static class CertificateMethods
{
    /// <summary>A certificate of a trusted authority, with a registered name.</summary>
    public const string OfAuthority = "tls_client_auth";

    /// <summary>A certificate with a registered key.</summary>
    public const string SelfSigned = "self_signed_tls_client_auth";
}
