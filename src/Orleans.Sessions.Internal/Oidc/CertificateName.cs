namespace Orleans.Sessions.Oidc;

/// <summary>The name that the certificate of a client has (RFC 8705 §2.1.2).</summary>
/// <param name="Kind">Where in the certificate the name is.</param>
/// <param name="Value">The name, 1 to 1000 characters.</param>
[GenerateSerializer, Immutable, Alias("sessions.CertificateName")]
public sealed record CertificateName([property: Id(0)] CertificateNameKind Kind, [property: Id(1)] string Value);
