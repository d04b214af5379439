namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>An assertion consumer of the configuration; see <see cref="AssertionConsumer"/>.</summary>
public sealed class ConfiguredConsumer
{
    /// <summary>The URL.</summary>
    public string Location { get; set; } = "";

    /// <summary>The binding; default HTTP-POST.</summary>
    public string Binding { get; set; } = SamlBindingUris.Post;

    /// <summary>The index by which requests may refer to it.</summary>
    public int Index { get; set; }

    /// <summary>Whether it is used when a request names none.</summary>
    public bool IsDefault { get; set; }
}
