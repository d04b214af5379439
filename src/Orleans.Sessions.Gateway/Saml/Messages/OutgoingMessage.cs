using System.Xml;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>A message that a browser carries to its receiver.</summary>
/// <param name="Url">The URL that the browser goes to. It contains the whole message, unless there is a <paramref name="Value"/> to
/// post.</param>
/// <param name="Field">The name of the parameter or form field: <see cref="SamlBindings.Request"/> or
/// <see cref="SamlBindings.Response"/>.</param>
/// <param name="Value">The form field's value.</param>
/// <param name="RelayState">The value of the relay state field.</param>
internal sealed record OutgoingMessage(string Url, string Field, string? Value, string? RelayState)
{
    /// <summary>A signed message in the form of the binding.</summary>
    public static OutgoingMessage Of(
        string binding,
        string destination,
        string field,
        XmlDocument message,
        string? relayState,
        MessageSigner signer
    ) =>
        binding == SamlBindingUris.Redirect
            ? new(SamlBindings.RedirectUrl(destination, field, message, relayState, signer), field, null, null)
            : new(destination, field, SamlBindings.PostValue(message), relayState);
}
