using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Orleans.Sessions.Issuers;

/// <summary>
/// The documents that other issuers publish about themselves (OpenID Connect Discovery 1.0), above all their keys. They are read once, and
/// again after twelve hours. If a token has an unknown key, they are read again at once, but not more than once a second. After a failure,
/// an issuer is not asked for a while, so that callers do not queue behind one attempt after another: half a minute if the last documents
/// can still be used, a second otherwise. (The library's <c>ConfigurationManager</c> answers with the old keys while it reads the new ones.
/// So it would refuse the first token after a change of the keys.) Only so many issuers are remembered, because a client can name another
/// address again and again; the one that nobody has asked about for longest is forgotten. This file is part of the grains, for logins at
/// other issuers, and of the gateway, for tokens of other issuers. Neither may depend on the other.
/// </summary>
/// <param name="read">Reads the documents of an issuer. Callers get the exceptions that it throws.</param>
/// <param name="clock">The time.</param>
internal sealed class IssuerDocuments(Func<string, Task<OpenIdConnectConfiguration>> read, TimeProvider clock)
{
    /// <summary>The maximum number of issuers that are remembered: all clients and providers that there can be.</summary>
    public const int MaxIssuers = 2000;

    private static readonly TimeSpan s_believedFor = TimeSpan.FromHours(12);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_retriedAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>
    /// The documents, with the key <paramref name="keyId"/> if the issuer has it. If <paramref name="keyId"/> is <c>null</c>, the documents
    /// with any keys.
    /// </summary>
    public async Task<OpenIdConnectConfiguration> GetAsync(string issuer, string? keyId = null)
    {
        var entry = EntryOf(issuer);
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

    private Entry EntryOf(string issuer)
    {
        if (!_entries.TryGetValue(issuer, out var entry))
        {
            if (_entries.Count >= MaxIssuers)
            {
                _entries.TryRemove(_entries.MinBy(known => known.Value.AskedAt).Key, out _);
            }

            entry = _entries.GetOrAdd(issuer, static _ => new Entry());
        }

        entry.AskedAt = clock.GetTimestamp();
        return entry;
    }

    private static bool HasKey(Known known, string? keyId) =>
        string.IsNullOrEmpty(keyId) || known.Configuration.SigningKeys.Any(key => key.KeyId == keyId);

    private bool IsFresh(Known known) => clock.GetUtcNow() - known.ReadAt < s_believedFor;

    private async Task<OpenIdConnectConfiguration> ReadAsync(string issuer, string? keyId, Entry entry)
    {
        var now = clock.GetUtcNow();
        var known = entry.Current;
        var isSearch = known is not null && IsFresh(known);
        if (known is not null && isSearch)
        {
            if (HasKey(known, keyId) || (now - entry.SearchedAt < s_pause && entry.Failure is null))
            {
                return known.Configuration;
            }

            entry.SearchedAt = now;
        }

        if (entry.Failure is { } failure && now - failure.At < s_pause)
        {
            // A caller who had the turn before may have just read them.
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
            if (isSearch)
            {
                // The pause begins with the answer: those who waited for a slow one with keys of their own do not ask again in turn.
                entry.SearchedAt = clock.GetUtcNow();
            }

            return entry.Current.Configuration;
        }
        catch (Exception exception)
        {
            var failedAt = clock.GetUtcNow();
            if (known is not null && HasKey(known, keyId))
            {
                // The documents of twelve hours ago are most likely still right.
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
        /// <summary>Allows one reader at a time.</summary>
        public SemaphoreSlim Reading { get; } = new(1);

        public volatile Known? Current;

        /// <summary>When somebody last asked, by the clock's timestamp.</summary>
        public long AskedAt { get; set; }

        /// <summary>When the documents were last read, or began to be, because of a key that they did not contain.</summary>
        public DateTimeOffset SearchedAt { get; set; } = DateTimeOffset.MinValue;

        /// <summary>The failure of the last attempt; <c>null</c> if it succeeded.</summary>
        public Failed? Failure { get; set; }
    }
}
