using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Orleans.Sessions.Issuers;

/// <summary>
/// What other issuers publish about themselves (OpenID Connect Discovery 1.0), their keys above all: read once, again after twelve hours, and at once when a token
/// has a key that is not known yet, but then not more than once a second. An issuer that does not answer is left alone for a while too, so that callers do not queue
/// up behind one attempt after the other: half a minute while its last documents will do, a second without them. (The library's <c>ConfigurationManager</c> answers with the old keys while it reads the
/// new ones, and so would refuse the first token after an issuer has changed its key.) This file is part of the grains, which log people in elsewhere, and of the
/// gateway, which takes callers' tokens: neither may know the other.
/// </summary>
/// <param name="read">Reads the documents of an issuer; what it throws, callers get.</param>
/// <param name="clock">The time.</param>
internal sealed class IssuerDocuments(Func<string, Task<OpenIdConnectConfiguration>> read, TimeProvider clock)
{
    private static readonly TimeSpan s_believedFor = TimeSpan.FromHours(12);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_retriedAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The documents, with the key <paramref name="keyId"/> if there is one; <c>null</c>: whatever keys they have.</summary>
    public async Task<OpenIdConnectConfiguration> GetAsync(string issuer, string? keyId = null)
    {
        var entry = _entries.GetOrAdd(issuer, static _ => new Entry());
        if (entry.Current is { } current && IsFresh(current) && HasKey(current, keyId))
        {
            return current.Configuration;
        }

        await entry.Reading.WaitAsync();
        try
        {
            return await ReadAsync(issuer, keyId, entry);
        }
        finally
        {
            entry.Reading.Release();
        }
    }

    private static bool HasKey(Known known, string? keyId) => string.IsNullOrEmpty(keyId) || known.Configuration.SigningKeys.Any(key => key.KeyId == keyId);

    private bool IsFresh(Known known) => clock.GetUtcNow() - known.ReadAt < s_believedFor;

    private async Task<OpenIdConnectConfiguration> ReadAsync(string issuer, string? keyId, Entry entry)
    {
        var now = clock.GetUtcNow();
        var known = entry.Current;
        if (known is not null && IsFresh(known))
        {
            if (HasKey(known, keyId) || (now - entry.SearchedAt < s_pause && entry.Failure is null))
            {
                return known.Configuration;
            }

            entry.SearchedAt = now;
        }

        if (entry.Failure is { } failure && now - failure.At < s_pause)
        {
            // Whoever had the turn before has just tried.
            if (known is not null && HasKey(known, keyId))
            {
                return known.Configuration;
            }

            ExceptionDispatchInfo.Throw(failure.Exception);
        }

        try
        {
            entry.Current = new Known(await read(issuer), now);
            entry.Failure = null;
            return entry.Current.Configuration;
        }
        catch (Exception exception)
        {
            var failedAt = clock.GetUtcNow();
            if (known is not null && HasKey(known, keyId))
            {
                // What was true twelve hours ago most likely still is.
                entry.Current = known with { ReadAt = failedAt - s_believedFor + s_retriedAfter };
                return known.Configuration;
            }

            entry.Failure = new Failed(exception, failedAt);
            throw;
        }
    }

    private sealed record Known(OpenIdConnectConfiguration Configuration, DateTimeOffset ReadAt);

    private sealed record Failed(Exception Exception, DateTimeOffset At);

    private sealed class Entry
    {
        /// <summary>One reader at a time.</summary>
        public SemaphoreSlim Reading { get; } = new(1);

        public volatile Known? Current;

        /// <summary>When a key was last looked for in vain.</summary>
        public DateTimeOffset SearchedAt { get; set; } = DateTimeOffset.MinValue;

        /// <summary>Why the last attempt told nobody anything; <c>null</c>: it did.</summary>
        public Failed? Failure { get; set; }
    }
}
