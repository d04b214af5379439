namespace Orleans.Sessions.Gateway.Oidc.Registration;

/// <summary>A registration is refused, with an error of RFC 7591 §3.2.2.</summary>
internal sealed class RegistrationRefusedException(string error, string message) : Exception(message)
{
    public const string InvalidMetadata = "invalid_client_metadata";
    public const string InvalidRedirectUri = "invalid_redirect_uri";
    public const string UnapprovedStatement = "unapproved_software_statement";

    /// <summary>The error code.</summary>
    public string Error => error;
}
