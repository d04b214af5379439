using System.Globalization;

namespace Orleans.Sessions.Testing;

/// <summary>Where and how a service runs.</summary>
/// <param name="Address">The address that it listens on.</param>
public sealed record HostPlace(Uri Address)
{
    /// <summary>The command that starts it, without its own arguments. Default: this solution's service, on this machine.</summary>
    public IReadOnlyList<string> Command { get; init; } = ["dotnet", Binaries.Host];

    /// <summary>A place on a free loopback port.</summary>
    public static HostPlace Next() => new(new Uri($"http://127.0.0.1:{Ports.Next().ToString(CultureInfo.InvariantCulture)}"));
}
