using System.Globalization;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>The settings with which tests start hosts.</summary>
public static class HostSettings
{
    /// <summary>All settings at their defaults, except that little is logged.</summary>
    public static Dictionary<string, string> Default => new() { [Setting.LogLevel] = "Warning" };

    /// <summary>
    /// For hosts that many tests share. Outdated tokens are refused at once. Locks come early for passwords and late for codes, because a
    /// race over one code must not lock its user. Failures are answered without delay. Hashing is cheap, also for one user many times at
    /// once.
    /// </summary>
    public static Dictionary<string, string> Shared =>
        Default
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

    /// <summary>These settings, for a node of the cluster that shares this database.</summary>
    public static Dictionary<string, string> OnPostgreSql(this Dictionary<string, string> settings, string connectionString) =>
        settings
            .With(Setting.ConnectionString, connectionString)
            .With(Setting.AdvertisedAddress, "127.0.0.1")
            .With(Setting.SiloPort, Ports.Next().ToString(CultureInfo.InvariantCulture))
            .With(Setting.GatewayPort, Ports.Next().ToString(CultureInfo.InvariantCulture));
}
