namespace Orleans.Sessions.IdentityProviders;

/// <summary>A login that begins.</summary>
/// <param name="CallbackUrl">Where the provider sends the browser back.</param>
/// <param name="State">The <c>state</c> by which the callback finds the login.</param>
/// <param name="Secrets">What is kept until then.</param>
/// <param name="LoginHint">Who probably logs in; <c>null</c> if that is unknown.</param>
internal sealed record LoginStart(string CallbackUrl, string State, LoginSecrets Secrets, string? LoginHint)
{
    public override string ToString() => nameof(LoginStart);
}
