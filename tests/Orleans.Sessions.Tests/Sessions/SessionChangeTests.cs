using System.Collections.Immutable;
using System.Text;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Sessions;

[Collection(nameof(StoredCluster))]
public sealed class SessionChangeTests(StoredCluster cluster)
{
    [Fact]
    public async Task Every_event_of_a_request_counts_in_the_sequence()
    {
        var user = await cluster.NewUserAsync();
        var id = NewName("session");
        var created = await cluster
            .Session(id)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { User = new UserCheck { UserId = user } },
                    Metadata = Metadata(("flow", "web")),
                    Lifetime = TimeSpan.FromHours(1),
                }
            );
        Assert.Equal(5, created.Details.Sequence);

        var changed = await cluster.SetAsync(id, set => set with { Checks = new Checks { Password = StoredCluster.Password } });
        Assert.Equal(7, changed.Details.Sequence);
        Assert.Equal("instance-1", changed.Details.ResourceOwner);
    }

    [Fact]
    public async Task A_request_that_changes_nothing_rotates_nothing()
    {
        var (id, token) = await cluster.NewSessionAsync(create => create with { Metadata = Metadata(("a", "1")) });
        var change = await cluster.SetAsync(id, set => set with { Metadata = Metadata(("a", "1")) });
        Assert.Null(change.Token);
        cluster.Clock.Advance(StoredCluster.Grace * 2);
        Assert.Equal(id, (await cluster.GetAsync(id, token)).Id);
    }

    [Fact]
    public async Task Metadata_is_merged_and_an_empty_value_removes()
    {
        var (id, _) = await cluster.NewSessionAsync(create => create with { Metadata = Metadata(("a", "1"), ("b", "2"), ("empty", "")) });
        await cluster.SetAsync(id, set => set with { Metadata = Metadata(("b", ""), ("c", "3"), ("nothing", "")) });
        var view = await cluster.GetAsync(id);
        Assert.Equal(["a=1", "c=3"], view.Metadata.Select(entry => $"{entry.Key}={Encoding.UTF8.GetString(entry.Value.AsSpan())}").Order());
    }

    [Fact]
    public async Task Too_much_metadata_is_refused_and_changes_nothing()
    {
        var (id, _) = await cluster.NewSessionAsync(create => create with { Metadata = Metadata(("a", "1")) });
        var many = Enumerable.Range(0, 100).Select(number => ($"k{number}", "x")).ToArray();
        await FailsAsync(SessionErrors.MetadataTooLarge, () => cluster.SetAsync(id, set => set with { Metadata = Metadata(many) }));
        await FailsAsync(SessionErrors.MetadataTooLarge, () =>
            cluster.SetAsync(id, set => set with { Metadata = Metadata(("big", new string('x', 64 * 1024))) })
        );
        Assert.Equal(3, (await cluster.GetAsync(id)).Sequence);
        Assert.Equal(["a"], (await cluster.StoredAsync(id))!.Metadata!.Keys);
    }

    [Fact]
    public async Task A_failing_check_leaves_the_session_as_it_was()
    {
        var user = await cluster.NewUserAsync();
        var (id, token) = await cluster.NewSessionAsync();
        var before = await cluster.StoredAsync(id);
        await FailsAsync(SessionErrors.PasswordInvalid, () => cluster.SetAsync(id, set => set with { Checks = new Checks
                    {
                        User = new UserCheck { UserId = user },
                        Password = "wrong",
                        Totp = cluster.Totp(),
                    }, Metadata = Metadata(("a", "1")), Lifetime = TimeSpan.FromHours(1) }));
        Assert.Equal(before!.Sequence, (await cluster.StoredAsync(id))!.Sequence);
        Assert.Null((await cluster.GetAsync(id, token)).Factors);

        // The code that followed the wrong password was not used up.
        await cluster.SetAsync(id, set => set with { Checks = new Checks
                {
                    User = new UserCheck { UserId = user },
                    Password = StoredCluster.Password,
                    Totp = cluster.Totp(),
                } });
    }

    [Fact]
    public async Task A_failing_create_leaves_nothing()
    {
        var user = await cluster.NewUserAsync();
        var id = NewName("session");
        await FailsAsync(SessionErrors.PasswordInvalid, () => cluster
                .Session(id)
                .CreateAsync(
                    new CreateSession
                    {
                        Caller = Caller.InCluster,
                        Checks = new Checks
                        {
                            User = new UserCheck { UserId = user },
                            Password = "wrong",
                        },
                    }
                ));
        Assert.Null(await cluster.StoredAsync(id));
        await FailsAsync(SessionErrors.SessionNotFound, () => cluster.GetAsync(id));
    }

    [Fact]
    public async Task A_session_keeps_its_user()
    {
        var (first, second) = (await cluster.NewUserAsync(), await cluster.NewUserAsync());
        var (id, _) = await cluster.NewSessionAsync(create => create with { Checks = User(first) });
        await FailsAsync(SessionErrors.SessionUserChange, () => cluster.SetAsync(id, set => set with { Checks = User(second) }));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await cluster.SetAsync(id, set => set with { Checks = User(first) });
        Assert.Equal(cluster.Clock.GetUtcNow(), (await cluster.GetAsync(id)).Factors!.User.VerifiedAt);
    }

    [Fact]
    public async Task Everything_survives_the_memory_being_lost()
    {
        var user = await cluster.NewUserAsync();
        var (id, token) = await cluster.NewSessionAsync(create =>
            create with
            {
                Checks = new Checks
                {
                    User = new UserCheck { LoginName = user.ToUpperInvariant() },
                    Password = StoredCluster.Password,
                },
                Metadata = Metadata(("a", "\0\u2028é")),
                UserAgent = new UserAgent
                {
                    FingerprintId = "fp",
                    Ip = "203.0.113.7",
                    Description = "Firefox",
                    Header = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("accept", ["a", "b"]),
                },
                Lifetime = TimeSpan.FromHours(1),
            }
        );
        var before = await cluster.GetAsync(id, token);
        await cluster.ForgetAsync();
        var after = await cluster.GetAsync(id, token);
        Assert.Equal(before with { Metadata = after.Metadata, UserAgent = after.UserAgent }, after);
        Assert.Equal(before.Metadata["a"], after.Metadata["a"]);
        Assert.Equal(["a", "b"], after.UserAgent!.Header["accept"]);
        Assert.Equal(("fp", "203.0.113.7", "Firefox"), (after.UserAgent.FingerprintId, after.UserAgent.Ip, after.UserAgent.Description));
    }

    [Fact]
    public async Task A_change_needs_the_sequence_that_was_expected()
    {
        var (id, _) = await cluster.NewSessionAsync();
        await FailsAsync(SessionErrors.SessionChanged, () =>
            cluster.SetAsync(id, set => set with { ExpectedSequence = 1, Lifetime = TimeSpan.FromHours(1) })
        );
        Assert.NotNull((await cluster.SetAsync(id, set => set with { ExpectedSequence = 2, Lifetime = TimeSpan.FromHours(1) })).Token);
    }

    internal static Checks User(string id) => new() { User = new UserCheck { UserId = id } };

    internal static ImmutableDictionary<string, ImmutableArray<byte>> Metadata(params (string Key, string Value)[] entries) =>
        entries.ToImmutableDictionary(entry => entry.Key, entry => Encoding.UTF8.GetBytes(entry.Value).ToImmutableArray());
}
