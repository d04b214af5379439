using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Gateway.Settings;

/// <summary>Which web pages may show the pages of this service in a frame (<c>frame-ancestors</c> of Content Security Policy).</summary>
internal sealed partial class FramePolicy(
    RuntimeSettings settings,
    PinnedSettings pinned,
    IOptions<PresentationOptions> presentation,
    ILogger<FramePolicy> log
)
{
    /// <summary>The origins of those pages; none if no page may, or if the setting cannot be read.</summary>
    public async ValueTask<ImmutableArray<string>> OriginsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return OriginsOf(pinned.FrameOrigins ? null : await settings.CurrentAsync(cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            NotRead(log, exception);
            return [];
        }
    }

    /// <summary>The origins according to these settings. The configuration wins.</summary>
    public ImmutableArray<string> OriginsOf(InstanceSettings? known) =>
        pinned.FrameOrigins ? [.. presentation.Value.FrameOrigins] : known?.FrameOrigins ?? [];

    [LoggerMessage(LogLevel.Warning, "The setting for frames cannot be read, so that no page may show this one in a frame")]
    private static partial void NotRead(ILogger log, Exception exception);
}
