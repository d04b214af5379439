using System.Globalization;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>The settings tests start hosts with.</summary>
public static class HostSettings
{
    /// <summary>As installed: every default, but little log.</summary>
    public static Dictionary<string, string> Default => new() { [Setting.LogLevel] = "Warning" };

    /// <summary>
    /// For hosts that many tests share: outdated tokens are refused at once, locks come early for passwords and late for codes (a race
    /// over one code must not lock its user), failures are answered without delay, and hashing is cheap, also for one person
    /// many times at once.
    /// </summary>
    public static Dictionary<string, string> Shared => Default
        .With(Setting.HashAlgorithm, "Pbkdf2Sha256")
        .With(Setting.Pbkdf2Rounds, "1000")
        .With(Setting.HashesPerUser, "100")
        .With(Setting.TokenGrace, "00:00:00")
        .With(Setting.MaxPasswordAttempts, "3")
        .With(Setting.MaxOtpAttempts, "100")
        .With(Setting.TarpitMaxDelay, "00:00:00");

    /// <summary>These settings and one more.</summary>
    public static Dictionary<string, string> With(this Dictionary<string, string> settings, string name, string value) =>
        new(settings) { [name] = value };

    /// <summary>These settings, as a node of the cluster that shares this database.</summary>
    public static Dictionary<string, string> OnPostgreSql(this Dictionary<string, string> settings, string connectionString) => settings
        .With(Setting.ConnectionString, connectionString)
        .With(Setting.AdvertisedAddress, "127.0.0.1")
        .With(Setting.SiloPort, Ports.Next().ToString(CultureInfo.InvariantCulture))
        .With(Setting.GatewayPort, Ports.Next().ToString(CultureInfo.InvariantCulture));
}
