using System.Collections.Immutable;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>The registered service providers in their stored form.</summary>
internal sealed record ServiceProvidersRecord
{
    /// <summary>The service providers, ordered by id.</summary>
    public ImmutableSortedDictionary<string, ServiceProvider> ServiceProviders { get; init; } =
        ImmutableSortedDictionary.Create<string, ServiceProvider>(StringComparer.Ordinal);
}
