namespace Orleans.Sessions;

/// <summary>How a domain is verified. The numbers are those of <c>zitadel.org.v2.DomainValidationType</c>.</summary>
public enum DomainValidation
{
    /// <summary>Not chosen.</summary>
    Unspecified = 0,

    /// <summary>A file on the domain's web server has the token.</summary>
    Http = 1,

    /// <summary>A TXT record of the domain has the token.</summary>
    Dns = 2,
}
