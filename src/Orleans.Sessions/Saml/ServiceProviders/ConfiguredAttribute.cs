using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>An attribute of the configuration; see <see cref="SamlAttributeRule"/>.</summary>
public sealed class ConfiguredAttribute
{
    /// <summary>The name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The format of the name; none: the basic one.</summary>
    public string? Format { get; set; }

    /// <summary>The name for people.</summary>
    public string? FriendlyName { get; set; }

    /// <summary>Where the values come from.</summary>
    public ClaimSource Source { get; set; }

    /// <summary>
    /// The field (those of <c>Sessions:Oidc:Claims</c>), the key of the metadata entry, the text, or the id of the project; for roles none
    /// means the project of the service provider.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>Whether the metadata entry, or the text, is JSON. Each element of a list is a value.</summary>
    public bool IsJson { get; set; }

    internal SamlAttributeRule ToRule() =>
        new()
        {
            Name = Name,
            Format = Format,
            FriendlyName = FriendlyName,
            Source = Source,
            Key = Key,
            IsJson = IsJson,
        };
}
