using System.Collections.Immutable;
using Orleans.Sessions.Registries;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Registries;

/// <summary>What all registries have in common, with entries that have nothing else.</summary>
public sealed class RegistryRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ImmutableSortedDictionary<string, Entry> s_none = ImmutableSortedDictionary.Create<string, Entry>(
        StringComparer.Ordinal
    );

    private static readonly RegistryRules<Entry> s_rules = new()
    {
        MaxEntries = 2,
        Unknown = SessionErrors.ClientUnknown,
        Exists = SessionErrors.ClientExists,
        Configured = SessionErrors.ClientConfigured,
        TooMany = SessionErrors.TooManyClients,
        IdOf = entry => entry.Id,
        RegistrationOf = entry => entry.Registration,
        Register = (entry, registration) => entry with { Registration = registration },
        IsSame = (one, other) => one.Content == other.Content,
        EnsureFree = (entries, entry) =>
        {
            if (entries.Values.Any(other => other.Content == entry.Content && other.Id != entry.Id))
            {
                throw new SessionException(SessionErrors.ServiceProviderExists);
            }
        },
    };

    [Fact]
    public async Task An_entry_is_added_once_and_only_while_there_is_room()
    {
        var one = s_rules.Add(s_none, new Entry("1", "a"), s_now);
        Assert.Equal(new Registration(IsConfigured: false, s_now, s_now), one["1"].Registration);
        Assert.Same(one, s_rules.Add(one, new Entry("1", "a"), s_now.AddDays(1)));
        await FailsAsync(SessionErrors.ClientExists, () => Task.FromResult(s_rules.Add(one, new Entry("1", "b"), s_now)));
        await FailsAsync(SessionErrors.ServiceProviderExists, () => Task.FromResult(s_rules.Add(one, new Entry("2", "a"), s_now)));
        var two = s_rules.Add(one, new Entry("2", "b"), s_now);
        await FailsAsync(SessionErrors.TooManyClients, () => Task.FromResult(s_rules.Add(two, new Entry("3", "c"), s_now)));
    }

    [Fact]
    public async Task A_change_keeps_when_the_entry_was_added()
    {
        var changed = s_rules.Change(s_rules.Add(s_none, new Entry("1", "a"), s_now), new Entry("1", "b"), s_now.AddDays(1));
        Assert.Equal(new Entry("1", "b") { Registration = new(false, s_now, s_now.AddDays(1)) }, changed["1"]);
        Assert.Empty(s_rules.Remove(changed, "1"));
        Assert.Same(changed, s_rules.Remove(changed, "2"));
        await FailsAsync(SessionErrors.ClientUnknown, () => Task.FromResult(s_rules.Change(changed, new Entry("2", "c"), s_now)));
    }

    [Fact]
    public async Task The_configuration_owns_its_entries()
    {
        var added = s_rules.Add(s_none, new Entry("1", "a"), s_now);
        var configured = s_rules.Configure(added, [new Entry("2", "b"), new Entry("3", "c")], s_now);
        Assert.Same(added["1"], configured["1"]);
        Assert.True(configured["2"].Registration.IsConfigured);
        await FailsAsync(SessionErrors.ClientConfigured, () => Task.FromResult(s_rules.Remove(configured, "2")));
        await FailsAsync(SessionErrors.ClientConfigured, () => Task.FromResult(s_rules.Change(configured, new Entry("2", "d"), s_now)));

        Assert.Contains("4", s_rules.Add(configured, new Entry("4", "e"), s_now).Keys);

        Assert.Same(configured, s_rules.Configure(configured, [new Entry("2", "b"), new Entry("3", "c")], s_now.AddDays(1)));
        var later = s_rules.Configure(configured, [new Entry("2", "d")], s_now.AddDays(1));
        Assert.Equal(["1", "2"], later.Keys);
        Assert.Equal(new Registration(IsConfigured: true, s_now, s_now.AddDays(1)), later["2"].Registration);
    }

    private sealed record Entry(string Id, string Content)
    {
        public Registration Registration { get; init; }
    }
}
