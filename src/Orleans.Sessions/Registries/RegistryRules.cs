using System.Collections.Immutable;

namespace Orleans.Sessions.Registries;

/// <summary>
/// What the registries of OpenID Connect clients, of SAML service providers and of external providers have in common. An entry comes from
/// an administrator or from the configuration. The configuration owns its entries: administrators cannot change them, and an entry that is
/// removed from the configuration is removed from the registry. Each method returns the entries after the change; an entry that does not
/// change stays the same object, and the audit trail depends on that.
/// </summary>
/// <typeparam name="T">An entry.</typeparam>
internal sealed class RegistryRules<T>
    where T : class
{
    /// <summary>The maximum number of entries that administrators can add.</summary>
    public required int MaxEntries { get; init; }

    /// <summary>The error if no entry has the id.</summary>
    public required SessionError Unknown { get; init; }

    /// <summary>The error if another entry has the id.</summary>
    public required SessionError Exists { get; init; }

    /// <summary>The error if an administrator wants to change an entry of the configuration.</summary>
    public required SessionError Configured { get; init; }

    /// <summary>The error if there are too many entries.</summary>
    public required SessionError TooMany { get; init; }

    /// <summary>The id of an entry.</summary>
    public required Func<T, string> IdOf { get; init; }

    /// <summary>Where an entry comes from, and when it was registered.</summary>
    public required Func<T, Registration> RegistrationOf { get; init; }

    /// <summary>The entry with that registration.</summary>
    public required Func<T, Registration, T> Register { get; init; }

    /// <summary>Whether two entries have the same content, whatever their registrations are.</summary>
    public required Func<T, T, bool> IsSame { get; init; }

    /// <summary>Fails if an entry claims something besides its id that another entry has.</summary>
    public Action<ImmutableSortedDictionary<string, T>, T> EnsureFree { get; init; } = (_, _) => { };

    /// <summary>The entry with this id. Fails if there is none.</summary>
    public T Get(ImmutableSortedDictionary<string, T> entries, string id) =>
        entries.GetValueOrDefault(id) ?? throw new SessionException(Unknown);

    /// <summary>The entry with this id, for an administrator who changes it. Fails if there is none, or if the configuration owns
    /// it.</summary>
    public T Changeable(ImmutableSortedDictionary<string, T> entries, string id)
    {
        var entry = Get(entries, id);
        return RegistrationOf(entry).IsConfigured ? throw new SessionException(Configured) : entry;
    }

    /// <summary>
    /// Adds an entry. If the same entry is already there, nothing changes: a caller who repeats a lost call sends the same content.
    /// </summary>
    public ImmutableSortedDictionary<string, T> Add(ImmutableSortedDictionary<string, T> entries, T entry, DateTimeOffset now)
    {
        if (entries.TryGetValue(IdOf(entry), out var existing))
        {
            return IsSame(existing, entry) ? entries : throw new SessionException(Exists);
        }

        EnsureFree(entries, entry);
        return entries.Values.Count(other => !RegistrationOf(other).IsConfigured) < MaxEntries
            ? entries.Add(IdOf(entry), Register(entry, new Registration(IsConfigured: false, now, now)))
            : throw new SessionException(TooMany);
    }

    /// <summary>Replaces an entry that administrators may change.</summary>
    public ImmutableSortedDictionary<string, T> Change(ImmutableSortedDictionary<string, T> entries, T entry, DateTimeOffset now)
    {
        var existing = Changeable(entries, IdOf(entry));
        EnsureFree(entries, entry);
        var registration = new Registration(IsConfigured: false, RegistrationOf(existing).CreatedAt, now);
        return entries.SetItem(IdOf(entry), Register(entry, registration));
    }

    /// <summary>Removes an entry that administrators may change, if it is there.</summary>
    public ImmutableSortedDictionary<string, T> Remove(ImmutableSortedDictionary<string, T> entries, string id)
    {
        if (entries.ContainsKey(id))
        {
            Changeable(entries, id);
        }

        return entries.Remove(id);
    }

    /// <summary>Replaces the entries of the configuration.</summary>
    public ImmutableSortedDictionary<string, T> Configure(
        ImmutableSortedDictionary<string, T> entries,
        IEnumerable<T> configured,
        DateTimeOffset now
    )
    {
        var after = entries.RemoveRange(entries.Values.Where(entry => RegistrationOf(entry).IsConfigured).Select(IdOf));
        foreach (var entry in configured)
        {
            EnsureFree(after, entry);
            after = after.SetItem(IdOf(entry), OfConfiguration(entries.GetValueOrDefault(IdOf(entry)), entry, now));
        }

        return after.Values.SequenceEqual(entries.Values) ? entries : after;
    }

    private T OfConfiguration(T? known, T entry, DateTimeOffset now) =>
        known is not null && RegistrationOf(known).IsConfigured && IsSame(known, entry)
            ? known
            : Register(entry, new Registration(IsConfigured: true, known is null ? now : RegistrationOf(known).CreatedAt, now));
}
