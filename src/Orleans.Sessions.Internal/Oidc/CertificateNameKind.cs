namespace Orleans.Sessions.Oidc;

/// <summary>
/// Where in a certificate the name of a client is (RFC 8705 §2.1.2). The numbers are those of
/// <c>sessions.oidc.v1.CertificateNameKind</c>.
/// </summary>
public enum CertificateNameKind
{
    /// <summary>The distinguished name of the subject (RFC 4514).</summary>
    SubjectDn = 0,

    /// <summary>A <c>dNSName</c> of the subject alternative names.</summary>
    SanDns = 1,

    /// <summary>A <c>uniformResourceIdentifier</c> of the subject alternative names.</summary>
    SanUri = 2,

    /// <summary>An <c>iPAddress</c> of the subject alternative names.</summary>
    SanIp = 3,

    /// <summary>An <c>rfc822Name</c> of the subject alternative names.</summary>
    SanEmail = 4,
}
