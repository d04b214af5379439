using System.Collections.Immutable;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>The providers that were added at run time, in their stored form: JSON, replaced as a whole by each change.</summary>
internal sealed record ProvidersRecord
{
    /// <summary>The providers, oldest first.</summary>
    public ImmutableArray<StoredProvider> Providers { get; init; } = [];
}
