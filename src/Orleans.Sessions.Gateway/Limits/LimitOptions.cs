using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Limits;

/// <summary>
/// How much strangers, and people without a role, may ask of a node; configuration section <c>Sessions:Limits</c>. Each node counts for
/// itself. What is over a limit is answered with 429 and <c>Retry-After</c> (<c>SESSION-Limit</c>, RESOURCE_EXHAUSTED,
/// <c>temporarily_unavailable</c>). A source is an address, or 64 bits of IPv6. No limit by source applies to the health endpoints, or to
/// addresses from which a login frontend calls directly: its calls count against the people for whom it acts. Behind proxies set
/// <c>Sessions:Origin:TrustedProxies</c>, or everybody is one source.
/// </summary>
public sealed class LimitOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Limits";

    /// <summary>Whether there are limits at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How many sources, clients, users or callers each limit remembers, 100 to 10000000. If there are more, a limit forgets those that it
    /// has not seen for the longest time. With the default, a full limit takes about 10 MB.
    /// </summary>
    public int MaxPartitions { get; set; } = 50_000;

    /// <summary>
    /// Addresses or networks (<c>10.0.0.0/8</c>) to which no limit by source applies: servers that pass on what strangers send them.
    /// </summary>
    public IList<string> ExemptSources { get; } = [];

    /// <summary>
    /// Wrong bearer tokens, client credentials, codes, refresh tokens and pushed request objects of a source, and its refused SAML messages
    /// between servers. Tokens that were good within the last minutes are still accepted.
    /// </summary>
    public Rate Failures { get; set; } = new(1000, 600);

    /// <summary>
    /// Wrong secrets of a client from a source. A secret that was right within the last day is still accepted, and so is every secret from
    /// other sources.
    /// </summary>
    public Rate SecretsOfClient { get; set; } = new(30, 10);

    /// <summary>
    /// Requests of a source at the endpoints that are for anybody: authorization, logout, device logins and pushed requests of public
    /// clients, SAML in browsers, <c>/idps/callback</c>.
    /// </summary>
    public Rate Visits { get; set; } = new(1000, 1200);

    /// <summary>
    /// Requests that are stored for a client before anybody has logged in (authorization requests, device logins, SAML requests and
    /// logouts).
    /// </summary>
    public Rate RequestsOfClient { get; set; } = new(10_000, 30_000);

    /// <summary>Bytes that are stored for a source before anybody has logged in.</summary>
    public Rate BytesOfSource { get; set; } = new(8 * 1024 * 1024, 2 * 1024 * 1024);

    /// <summary>Bytes that are stored for a client before anybody has logged in.</summary>
    public Rate BytesOfClient { get; set; } = new(64 * 1024 * 1024, 8 * 1024 * 1024);

    /// <summary>
    /// Password checks for an address. A login frontend's calls count against <c>userAgent.ip</c> of the session, never against its own
    /// address or token.
    /// </summary>
    public Rate ChecksOfAddress { get; set; } = new(600, 300);

    /// <summary>Password checks of a user.</summary>
    public Rate ChecksOfUser { get; set; } = new(300, 60);

    /// <summary>Sessions without a proved factor for an address, counted like password checks.</summary>
    public Rate SessionsOfAddress { get; set; } = new(1000, 600);

    /// <summary>Changes by a caller without any role.</summary>
    public Rate ChangesOfCaller { get; set; } = new(300, 300);

    /// <summary>Logins at providers that a caller, above all a login frontend, starts.</summary>
    public Rate IntentsOfCaller { get; set; } = new(10_000, 30_000);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxPartitions is < 100 or > 10_000_000)
        {
            yield return new ValidationResult(
                $"{Section}:MaxPartitions must be 100 to 10000000, not {MaxPartitions}.",
                [nameof(MaxPartitions)]
            );
        }

        if (ExemptSources.Any(text => !PublicOriginOptions.TryParse(text, out _)))
        {
            yield return new ValidationResult(
                $"{Section}:ExemptSources: every entry must be an IP address or a network such as 10.0.0.0/8.",
                [nameof(ExemptSources)]
            );
        }

        (string Key, Rate Rate)[] rates =
        [
            (nameof(Failures), Failures),
            (nameof(SecretsOfClient), SecretsOfClient),
            (nameof(Visits), Visits),
            (nameof(RequestsOfClient), RequestsOfClient),
            (nameof(BytesOfSource), BytesOfSource),
            (nameof(BytesOfClient), BytesOfClient),
            (nameof(ChecksOfAddress), ChecksOfAddress),
            (nameof(ChecksOfUser), ChecksOfUser),
            (nameof(SessionsOfAddress), SessionsOfAddress),
            (nameof(ChangesOfCaller), ChangesOfCaller),
            (nameof(IntentsOfCaller), IntentsOfCaller),
        ];
        foreach (var (key, rate) in rates.Where(entry => !entry.Rate.IsSound))
        {
            yield return new ValidationResult($"{Section}:{key}: Burst must be at least 1, and PerMinute at least 0 (no limit).", [key]);
        }
    }
}
