namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>An exchange of tokens that breaks a rule of RFC 8693.</summary>
/// <param name="error">The OAuth error.</param>
/// <param name="description">The rule, as the client may be told.</param>
internal sealed class ExchangeRefusedException(string error, string description) : Exception(description)
{
    public string Error => error;
}
