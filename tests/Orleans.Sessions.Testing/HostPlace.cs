using System.Globalization;

namespace Orleans.Sessions.Testing;

/// <summary>Where a service runs, and as what.</summary>
/// <param name="Address">Where it listens.</param>
public sealed record HostPlace(Uri Address)
{
    /// <summary>The words that start it, to which its own arguments are added: this solution's service, on this machine.</summary>
    public IReadOnlyList<string> Command { get; init; } = ["dotnet", Binaries.Host];

    /// <summary>A free port of loopback.</summary>
    public static HostPlace Next() => new(new Uri($"http://127.0.0.1:{Ports.Next().ToString(CultureInfo.InvariantCulture)}"));
}
