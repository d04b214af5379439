using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Egress;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Passwords.Guessable;

/// <summary>
/// Asks a service whether a password is known from a data breach, without revealing the password. Only the first 20 bits of a hash leave
/// this machine, and the answer has the rest of all hashes that begin with them (the "range" interface of Pwned Passwords). Answers are
/// padded, so that their length does not reveal the question either.
/// </summary>
internal sealed partial class BreachedPasswords(
    IOptions<BreachedPasswordOptions> options,
    EgressHttp egress,
    TimeProvider clock,
    SessionMeter meter,
    ILogger<BreachedPasswords> log
) : IDisposable
{
    private const int PrefixLength = 5;
    private const int MaxResponse = 1024 * 1024;
    private const int MaxRemembered = 100;

    private static readonly TimeSpan s_rememberedFor = TimeSpan.FromHours(1);

    /// <summary>If the service does not answer, one person waits for it. Then the service is not asked for this long.</summary>
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly BreachedPasswordOptions _options = options.Value;
    private readonly HttpClient _http = egress.Create(options.Value.Timeout, MaxResponse);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Answer> _remembered = [];
    private DateTimeOffset _pausedUntil;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>
    /// Fails with <c>SESSION-Pwd03</c> for a known password and, if so configured, with <c>SESSION-Pwd04</c> while the service gives no
    /// answer.
    /// </summary>
    public async Task EnsureUnknownAsync(string password)
    {
        if (_options.Url is null)
        {
            return;
        }

        var (prefix, suffix) = Split(password);
        var known = await FindAsync(prefix);
        var outcome =
            known is null ? "unanswered"
            : known.Contains(suffix) ? "known"
            : "unknown";
        meter.BreachLookups.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        if (known is null && _options.RefuseUnchecked)
        {
            throw new SessionException(SessionErrors.PasswordUnchecked) { RetryAfter = s_pauseAfterFailure };
        }

        if (known is not null && known.Contains(suffix))
        {
            throw new SessionException(SessionErrors.PasswordBreached);
        }
    }

    private static (string Prefix, string Suffix) Split(string password)
    {
#pragma warning disable CA5350 // The interface is made of SHA-1; nothing is protected by it here.
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        return (hash[..PrefixLength], hash[PrefixLength..]);
    }

    /// <summary>The known hashes with this beginning; <c>null</c> if the service gives no answer.</summary>
    private async Task<HashSet<string>?> FindAsync(string prefix)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_remembered.TryGetValue(prefix, out var answer) && now < answer.GoodUntil)
            {
                return answer.Suffixes;
            }

            if (now < _pausedUntil)
            {
                return null;
            }
        }

        try
        {
            var suffixes = await AskAsync(prefix);
            Remember(prefix, suffixes);
            return suffixes;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or FormatException)
        {
            Unanswered(log, exception.Message);
            lock (_lock)
            {
                _pausedUntil = clock.GetUtcNow() + s_pauseAfterFailure;
            }

            return null;
        }
    }

    private async Task<HashSet<string>> AskAsync(string prefix)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_options.Url + prefix));
        request.Headers.Add("Add-Padding", "true");
        request.Headers.Add("User-Agent", "Orleans.Sessions");
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return Read(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Each line has a suffix and how often it was seen; a line with the count 0 is padding.</summary>
    private static HashSet<string> Read(string body) =>
        body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line =>
                line.Split(':') is [var suffix, var count] && long.TryParse(count, out var seen)
                    ? (suffix, seen)
                    : throw new FormatException("A line of the answer is not a suffix with its count.")
            )
            .Where(line => line.seen > 0)
            .Select(line => line.suffix)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private void Remember(string prefix, HashSet<string> suffixes)
    {
        lock (_lock)
        {
            if (_remembered.Count >= MaxRemembered)
            {
                _remembered.Remove(_remembered.MinBy(pair => pair.Value.GoodUntil).Key);
            }

            _remembered[prefix] = new(clock.GetUtcNow() + s_rememberedFor, suffixes);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The service for breached passwords did not answer, so a new password was not compared: {Reason}")]
    private static partial void Unanswered(ILogger log, string reason);

    private sealed record Answer(DateTimeOffset GoodUntil, HashSet<string> Suffixes);
}
