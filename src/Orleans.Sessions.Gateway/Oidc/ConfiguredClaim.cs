using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>A claim of the configuration; <see cref="ClaimRule"/> describes the values.</summary>
public sealed class ConfiguredClaim
{
    /// <summary>The name of the claim. Names of the protocols are reserved.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where the value comes from.</summary>
    public ClaimSource Source { get; set; }

    /// <summary>
    /// The field (<c>userId</c>, <c>userName</c>, <c>organizationId</c>, <c>displayName</c>, <c>givenName</c>, <c>familyName</c>,
    /// <c>nickName</c>, <c>preferredLanguage</c>, <c>email</c>, <c>phone</c>), the key of the metadata entry, the text, or the id of the
    /// project; for roles none means the project of the client.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>Whether the metadata entry, or the text, is JSON and told as such.</summary>
    public bool IsJson { get; set; }

    /// <summary>Where the claim is told. None: everywhere.</summary>
    public IList<ClaimTarget> Targets { get; } = [];

    internal ClaimRule ToRule() =>
        new()
        {
            Name = Name,
            Source = Source,
            Key = Key,
            IsJson = IsJson,
            Targets = [.. Targets],
        };
}
