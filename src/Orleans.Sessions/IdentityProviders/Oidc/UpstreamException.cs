namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>A provider could not be reached, or its answer cannot be trusted. The text is for the log, never for a client.</summary>
internal sealed class UpstreamException(string message, Exception? innerException = null) : Exception(message, innerException);
