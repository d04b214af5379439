using System.Diagnostics.Metrics;

namespace Orleans.Sessions.Saml;

/// <summary>The metrics of SAML; meter <c>Orleans.Sessions</c>.</summary>
internal sealed class SamlMeter
{
    /// <summary>Creates the instruments.</summary>
    public SamlMeter(IMeterFactory factory) =>
        MetadataRefreshes = factory
            .Create("Orleans.Sessions")
            .CreateCounter<long>(
                "sessions.saml.metadata.refreshes",
                "{attempt}",
                "Attempts to read the metadata of service providers again, by outcome (done, failed)."
            );

    internal Counter<long> MetadataRefreshes { get; }
}
