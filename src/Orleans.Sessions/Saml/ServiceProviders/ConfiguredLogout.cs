namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>A logout endpoint of the configuration; see <see cref="LogoutEndpoint"/>.</summary>
public sealed class ConfiguredLogout
{
    /// <summary>The URL.</summary>
    public string Location { get; set; } = "";

    /// <summary>The binding; default HTTP-Redirect.</summary>
    public string Binding { get; set; } = SamlBindingUris.Redirect;

    /// <summary>The address for responses, if it differs.</summary>
    public string? ResponseLocation { get; set; }
}
