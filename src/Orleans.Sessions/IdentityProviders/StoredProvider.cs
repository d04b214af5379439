using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>A provider with everything a login at it needs.</summary>
[GenerateSerializer, Immutable, Alias("sessions.StoredProvider")]
internal sealed record StoredProvider
{
    /// <summary>The provider's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Its settings without the secret, complete: what the administrator left to the kind is in them.</summary>
    [Id(1)]
    public required ProviderSettings Settings { get; init; }

    /// <summary>The encrypted client secret; <c>null</c> if there is none.</summary>
    [Id(2)]
    public ImmutableArray<byte>? Secret { get; init; }

    /// <summary>When it was added.</summary>
    [Id(3)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    [Id(4)]
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The number of its changes.</summary>
    [Id(5)]
    public long Sequence { get; init; } = 1;
}

/// <summary>
/// The generated JSON code of <see cref="ProvidersRecord"/>, of <see cref="IntentRecord"/> and of the encrypted parts of intents.
/// </summary>
[JsonSerializable(typeof(ProvidersRecord))]
[JsonSerializable(typeof(IntentRecord))]
[JsonSerializable(typeof(LoginSecrets))]
[JsonSerializable(typeof(LoginResult))]
internal sealed partial class IdentityProviderJsonContext : JsonSerializerContext;
