using Microsoft.Extensions.Configuration;
using Orleans.Sessions.Gateway.Oidc;

namespace Orleans.Sessions.Gateway.Settings;

/// <summary>Which of the settings of the run time the configuration sets. Those cannot be changed at run time.</summary>
/// <param name="LoginPage">Whether it sets <see cref="OidcProviderOptions.LoginUri"/>.</param>
/// <param name="FrameOrigins">Whether it sets <see cref="PresentationOptions.FrameOrigins"/>.</param>
internal sealed record PinnedSettings(bool LoginPage, bool FrameOrigins)
{
    /// <summary>What this configuration sets.</summary>
    public static PinnedSettings Of(IConfiguration configuration) =>
        new(
            configuration.GetSection(OidcProviderOptions.Section)[nameof(OidcProviderOptions.LoginUri)] is not null,
            configuration.GetSection(PresentationOptions.Section).GetSection(nameof(PresentationOptions.FrameOrigins)).GetChildren().Any()
        );
}
