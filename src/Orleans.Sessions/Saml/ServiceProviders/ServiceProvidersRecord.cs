using System.Collections.Immutable;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>The registered service providers as they are stored.</summary>
public sealed record ServiceProvidersRecord
{
    /// <summary>The service providers in the order of their ids.</summary>
    public ImmutableSortedDictionary<string, ServiceProvider> ServiceProviders { get; init; } =
        ImmutableSortedDictionary.Create<string, ServiceProvider>(StringComparer.Ordinal);
}
