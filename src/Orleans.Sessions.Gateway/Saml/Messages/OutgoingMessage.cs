using System.Security.Cryptography.X509Certificates;
using System.Xml;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>A message on its way by the browser.</summary>
/// <param name="Url">Where the browser goes; everything is in it, unless there is a <paramref name="Value"/> to post there.</param>
/// <param name="Field">The name of the parameter or form field: <see cref="SamlBindings.Request"/> or <see cref="SamlBindings.Response"/>.</param>
/// <param name="Value">The form field's value.</param>
/// <param name="RelayState">The other field's value.</param>
internal sealed record OutgoingMessage(string Url, string Field, string? Value, string? RelayState)
{
    /// <summary>A signed message in the form that the binding wants.</summary>
    public static OutgoingMessage Of(string binding, string destination, string field, XmlDocument message, string? relayState, X509Certificate2 certificate) =>
        binding == SamlBindingUris.Redirect
            ? new(SamlBindings.RedirectUrl(destination, field, message, relayState, certificate), field, null, null)
            : new(destination, field, SamlBindings.PostValue(message), relayState);
}
