namespace Orleans.Sessions.Gateway.Oidc.MutualTls;

/// <summary>Who says which TLS client certificate a request has.</summary>
public enum CertificateSource
{
    /// <summary>Nobody: mutual TLS is off.</summary>
    None = 0,

    /// <summary>The connection itself: this service terminates TLS.</summary>
    Connection = 1,

    /// <summary>A header of a trusted proxy, which terminates TLS.</summary>
    Proxy = 2,
}
