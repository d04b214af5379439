using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Limits;

/// <summary>
/// How much strangers, and users without a role, may ask of a node; configuration section <c>Sessions:Limits</c>. A login frontend's own
/// address and token are not limited: its requests count against the users it acts for.
/// </summary>
public sealed class LimitOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Limits";

    /// <summary>Whether the limits apply at all. Default: yes.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How many sources, clients, users or callers each limit remembers; the most recently seen ones stay. Default 50,000, which is about
    /// 10 MB for each limit that reaches this number.
    /// </summary>
    public int MaxPartitions { get; set; } = 50_000;

    /// <summary>
    /// Addresses, or networks such as <c>10.0.0.0/8</c>, to which no limit by source applies: servers that forward requests of strangers.
    /// </summary>
    public IList<string> ExemptSources { get; } = [];

    /// <summary>
    /// Wrong bearer tokens, client credentials, codes and refresh tokens from one source. Default 1000 at once, 600 a minute.
    /// </summary>
    public Rate Failures { get; set; } = new(1000, 600);

    /// <summary>
    /// Requests from one source at the endpoints that are open to anyone: authorization, logout, devices, SAML, the callback of providers.
    /// Default 1000 at once, 1200 a minute.
    /// </summary>
    public Rate Visits { get; set; } = new(1000, 1200);

    /// <summary>Requests that are stored for one client before anyone has logged in. Default 10,000 at once, 30,000 a minute.</summary>
    public Rate RequestsOfClient { get; set; } = new(10_000, 30_000);

    /// <summary>The bytes that are stored for one source before anyone has logged in. Default 8 MiB at once, 2 MiB a minute.</summary>
    public Rate BytesOfSource { get; set; } = new(8 * 1024 * 1024, 2 * 1024 * 1024);

    /// <summary>The bytes that are stored for one client before anyone has logged in. Default 64 MiB at once, 8 MiB a minute.</summary>
    public Rate BytesOfClient { get; set; } = new(64 * 1024 * 1024, 8 * 1024 * 1024);

    /// <summary>Password checks for one address. Default 600 at once, 300 a minute.</summary>
    public Rate ChecksOfAddress { get; set; } = new(600, 300);

    /// <summary>Password checks of one user. Default 300 at once, 60 a minute.</summary>
    public Rate ChecksOfUser { get; set; } = new(300, 60);

    /// <summary>Sessions without any proof that login frontends create for one address. Default 1000 at once, 600 a minute.</summary>
    public Rate SessionsOfAddress { get; set; } = new(1000, 600);

    /// <summary>Changes by one caller without any role. Default 300 at once, 300 a minute.</summary>
    public Rate ChangesOfCaller { get; set; } = new(300, 300);

    /// <summary>Logins at providers that one caller, usually a login frontend, starts. Default 10,000 at once, 30,000 a minute.</summary>
    public Rate IntentsOfCaller { get; set; } = new(10_000, 30_000);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxPartitions is < 100 or > 10_000_000)
        {
            yield return new ValidationResult($"{Section}:MaxPartitions must be 100 to 10000000, not {MaxPartitions}.", [nameof(MaxPartitions)]);
        }

        if (ExemptSources.Any(text => !PublicOriginOptions.TryParse(text, out _)))
        {
            yield return new ValidationResult(
                $"{Section}:ExemptSources: every entry must be an IP address or a network such as 10.0.0.0/8.", [nameof(ExemptSources)]);
        }

        (string Key, Rate Rate)[] rates =
        [
            (nameof(Failures), Failures), (nameof(Visits), Visits), (nameof(RequestsOfClient), RequestsOfClient), (nameof(BytesOfSource), BytesOfSource),
            (nameof(BytesOfClient), BytesOfClient), (nameof(ChecksOfAddress), ChecksOfAddress), (nameof(ChecksOfUser), ChecksOfUser),
            (nameof(SessionsOfAddress), SessionsOfAddress), (nameof(ChangesOfCaller), ChangesOfCaller),
            (nameof(IntentsOfCaller), IntentsOfCaller),
        ];
        foreach (var (key, rate) in rates.Where(entry => !entry.Rate.IsSound))
        {
            yield return new ValidationResult($"{Section}:{key}: Burst must be at least 1, and PerMinute at least 0 (no limit).", [key]);
        }
    }
}

/// <summary>A limit: a number at once, and then a number a minute.</summary>
public sealed class Rate
{
    /// <summary>Creates a rate for the configuration to fill.</summary>
    public Rate()
    {
    }

    /// <summary>Creates a rate from the number at once and the number a minute.</summary>
    public Rate(int burst, int perMinute) => (Burst, PerMinute) = (burst, perMinute);

    /// <summary>The number at once.</summary>
    public int Burst { get; set; } = 1;

    /// <summary>The number a minute; <c>0</c> means no limit.</summary>
    public int PerMinute { get; set; }

    internal bool IsSound => Burst >= 1 && PerMinute >= 0;
}
