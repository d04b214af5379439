using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>SAML: requests and the registry of service providers.</content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
    public static readonly SessionError SamlRequestMissing = new("COMMAND-GH3PVLSfXC", NotFound, "SAML Request does not exist");
    public static readonly SessionError SamlRequestGone = new("COMMAND-GH3PVLSfXC", FailedPrecondition, "SAML Request does not exist");
    public static readonly SessionError SamlRequestHandled = new(
        "COMMAND-ttPKNdAIFT",
        FailedPrecondition,
        "SAML Request has already been handled"
    );
    public static readonly SessionError SamlRequestFailedAlready = new(
        "COMMAND-32lGj1Fhjt",
        FailedPrecondition,
        "SAML Request has already been handled"
    );
    public static readonly SessionError SamlRequestRepeated = new(
        "SAML-Rep01",
        AlreadyExists,
        "The SAML request has already been accepted"
    );
    public static readonly SessionError SamlLogoutNotWaiting = new("SAML-Log01", NotFound, "No SAML logout waits for this answer");
    public static readonly SessionError SamlNameUnclear = new(
        "SAML-Nam01",
        FailedPrecondition,
        "The login name has control characters, or white space at its ends: service providers would read another name"
    );
    public static readonly SessionError ServiceProviderUnknown = new("SAML-Sp001", NotFound, "Service provider could not be found");
    public static readonly SessionError ServiceProviderExists = new(
        "SAML-Sp002",
        AlreadyExists,
        "Service provider with this id or entity id already exists"
    );
    public static readonly SessionError ServiceProviderConfigured = new(
        "SAML-Sp004",
        FailedPrecondition,
        "The configuration defines this service provider: change it there"
    );
    public static readonly SessionError TooManyServiceProviders = new(
        "SAML-Sp005",
        ResourceExhausted,
        "Too many service providers: the maximum is 500"
    );
    public static readonly SessionError ServiceProviderMetadataInvalid = new(
        "SAML-Sp006",
        InvalidArgument,
        "Metadata must be well-formed XML without a DTD that describes one service provider of SAML 2.0 "
            + "with an endpoint for POST or redirect"
    );
#pragma warning restore CS1591
}
