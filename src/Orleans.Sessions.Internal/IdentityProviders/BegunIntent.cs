using System.Text;

namespace Orleans.Sessions;

/// <summary>The beginning of a login that is bound to a browser.</summary>
[GenerateSerializer, Immutable, Alias("sessions.BegunIntent")]
public sealed record BegunIntent
{
    /// <summary>The provider's login page.</summary>
    [Id(0)]
    public required string AuthUrl { get; init; }

    /// <summary>The secret that this browser must present when it comes back.</summary>
    [Id(1)]
    public required string Browser { get; init; }

    /// <summary>When the browser must be back.</summary>
    [Id(2)]
    public required DateTimeOffset ExpiresAt { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ExpiresAt = ").Append(ExpiresAt);
        return true;
    }
}
