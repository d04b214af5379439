using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Sessions;

/// <summary>The settings that are changed at run time. A value that was never set is <c>null</c>.</summary>
[GenerateSerializer, Immutable, Alias("sessions.InstanceSettings")]
public sealed record InstanceSettings
{
    /// <summary>The number of changes of all settings together.</summary>
    [Id(0)]
    public long Version { get; init; }

    /// <summary>The origins whose pages may show the pages of this service in a frame; empty: no page may.</summary>
    [Id(1)]
    public ImmutableArray<string>? FrameOrigins { get; init; }

    /// <summary>When <see cref="FrameOrigins"/> were set.</summary>
    [Id(2)]
    public SettingsDetails? FrameDetails { get; init; }

    /// <summary>The folder of the login pages for all instances; empty: that of the configuration.</summary>
    [Id(3)]
    public string? SystemLoginPage { get; init; }

    /// <summary>When the features of the system were set or reset.</summary>
    [Id(4)]
    public SettingsDetails? SystemDetails { get; init; }

    /// <summary>The folder of the login pages for this instance; empty: that of the configuration. It wins over the system's.</summary>
    [Id(5)]
    public string? LoginPage { get; init; }

    /// <summary>When the features of the instance were set or reset.</summary>
    [Id(6)]
    public SettingsDetails? InstanceDetails { get; init; }

    /// <summary>The identity providers that login pages do not offer.</summary>
    [Id(7)]
    public ImmutableArray<string>? HiddenProviders { get; init; }

    /// <summary>When <see cref="HiddenProviders"/> last changed.</summary>
    [Id(8)]
    public SettingsDetails? ProviderDetails { get; init; }

    /// <summary>The folder of the login pages; <c>null</c>: that of the configuration.</summary>
    [JsonIgnore]
    public string? LoginFolder => (LoginPage ?? SystemLoginPage) is { Length: > 0 } page ? page : null;

    /// <summary>Whether login pages offer this identity provider.</summary>
    public bool Offers(string providerId) => HiddenProviders?.Contains(providerId) != true;
}
