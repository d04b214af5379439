using System.Collections.Immutable;
using System.Text.Json;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Users;

[Collection(nameof(StrictCluster))]
public sealed class UserLifecycleTests(StrictCluster cluster)
{
    [Fact]
    public async Task A_person_is_created_active_with_defaults()
    {
        var id = NewName();
        await cluster.User(id).CreateAsync(NewHuman(id, human => human with { Phone = new PhoneNumber("+41 (79) 123-45.67") }));
        var user = await cluster.User(id).GetAsync(Caller.InCluster);
        Assert.Equal(
            (UserState.Active, $"{id}@example.com", OrganizationId, 1),
            (user.State, user.UserName, user.Details.OrganizationId, user.Details.Sequence)
        );
        Assert.Equal(
            ("Ada Lovelace", "und", "+41791234567"),
            (user.Human!.Profile.DisplayName, user.Human.Profile.PreferredLanguage, user.Human.Phone!.Number)
        );
        Assert.NotNull(user.Human.PasswordChangedAt);
    }

    [Fact]
    public async Task Bad_input_is_refused_and_leaves_nothing()
    {
        var id = NewName();
        var user = cluster.User(id);
        await FailsAsync(SessionErrors.UserNameLength, () => user.CreateAsync(NewHuman(id) with { UserName = " " }));
        await FailsAsync(SessionErrors.EmailShape, () =>
            user.CreateAsync(NewHuman(id, human => human with { Email = new EmailAddress("nobody") }))
        );
        await FailsAsync(SessionErrors.PhoneInvalid, () =>
            user.CreateAsync(NewHuman(id, human => human with { Phone = new PhoneNumber("079 123 45 67") }))
        );
        await FailsAsync(SessionErrors.PasswordTooShort, () =>
            user.CreateAsync(NewHuman(id, human => human with { Password = new NewPassword { Password = "short" } }))
        );
        await FailsAsync(SessionErrors.HashUnsupported, () =>
            user.CreateAsync(NewHuman(id, human => human with { Password = new NewPassword { Hash = "nonsense" } }))
        );
        Assert.Null(cluster.Store.User(id));
        await user.CreateAsync(NewHuman(id));
    }

    [Fact]
    public async Task Lengths_count_characters()
    {
        static string Letters(int count) => string.Concat(Enumerable.Repeat("𠮷", count));
        var id = NewName();
        await FailsAsync(SessionErrors.UserNameLength, () => cluster.User(id).CreateAsync(NewHuman(id) with { UserName = Letters(201) }));
        await cluster.User(id).CreateAsync(NewHuman(id) with { UserName = Letters(200) });
        await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = Caller.InCluster,
                    Profile = new ProfileChange { NickName = Letters(200) },
                }
            );
        Assert.Equal(Letters(200), (await cluster.User(id).GetAsync(Caller.InCluster)).Human!.Profile.NickName);
    }

    [Fact]
    public async Task A_display_name_made_of_long_names_does_not_stand_in_the_way_of_changes()
    {
        var (given, family) = (new string('a', 200), new string('b', 200));
        var id = await cluster.NewHumanAsync(human =>
            human with
            {
                Profile = new UserProfile { GivenName = given, FamilyName = family },
            }
        );
        await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = Caller.InCluster,
                    Profile = new ProfileChange { NickName = "Ab" },
                }
            );
        Assert.Equal(("Ab", $"{given} {family}"), await NamesAsync());

        await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = Caller.InCluster,
                    Profile = new ProfileChange { GivenName = "A", DisplayName = "" },
                }
            );
        Assert.Equal(("Ab", $"A {family}"), await NamesAsync());
        await FailsAsync(SessionErrors.ProfileOtherNameTooLong, () => cluster
                .User(id)
                .UpdateAsync(
                    new UpdateUser
                    {
                        Caller = Caller.InCluster,
                        Profile = new ProfileChange { DisplayName = new string('c', 201) },
                    }
                ));

        async Task<(string, string)> NamesAsync()
        {
            var profile = (await cluster.User(id).GetAsync(Caller.InCluster)).Human!.Profile;
            return (profile.NickName, profile.DisplayName);
        }
    }

    [Fact]
    public async Task Of_racing_creations_of_one_login_name_one_wins_and_no_orphan_stays()
    {
        var name = NewName("Racing");
        var ids = Enumerable.Range(0, 20).Select(_ => NewName()).ToList();
        var outcomes = await Task.WhenAll(
            ids.Select(
                (id, index) =>
                    ErrorOfAsync(() =>
                        cluster.User(id).CreateAsync(NewHuman(id) with { UserName = index % 2 == 0 ? name : name.ToUpperInvariant() })
                    )
            )
        );
        Assert.Single(outcomes, outcome => outcome is null);
        Assert.All(outcomes.OfType<SessionError>(), outcome => Assert.Equal(SessionErrors.UserNameTaken, outcome));
        Assert.Single(ids, id => cluster.Store.User(id) is not null);
    }

    [Fact]
    public async Task A_repeated_creation_is_answered_again_and_another_one_is_refused()
    {
        var id = NewName();
        var command = NewHuman(id) with { RequestId = "request" };
        var first = await cluster.User(id).CreateAsync(command);
        Assert.Equal(first, await cluster.User(id).CreateAsync(command));
        await FailsAsync(SessionErrors.UserIdTaken, () => cluster.User(id).CreateAsync(command with { RequestId = "other" }));
    }

    [Fact]
    public async Task A_taken_name_is_refused_when_renaming_and_nothing_changes()
    {
        var (first, second) = (await cluster.NewHumanAsync(), await cluster.NewHumanAsync());
        await FailsAsync(SessionErrors.UserNameTaken, () =>
            cluster.User(second).UpdateAsync(new UpdateUser { Caller = Caller.InCluster, UserName = $"{first}@EXAMPLE.com" })
        );
        Assert.Equal($"{second}@example.com", (await cluster.User(second).GetAsync(Caller.InCluster)).UserName);
    }

    [Fact]
    public async Task A_renamed_user_logs_in_by_the_new_name_only()
    {
        var (id, first, second) = (await cluster.NewHumanAsync(), NewName("first"), NewName("second"));
        await cluster.User(id).UpdateAsync(new UpdateUser { Caller = Caller.InCluster, UserName = first });
        Assert.Equal(id, await LogInAsync(first));
        await cluster.User(id).UpdateAsync(new UpdateUser { Caller = Caller.InCluster, UserName = second });
        Assert.Equal(id, await LogInAsync(second.ToUpperInvariant()));
        await FailsAsync(SessionErrors.UserNotFound, () => LogInAsync(first));
    }

    [Fact]
    public async Task A_change_of_nothing_is_no_change()
    {
        var id = await cluster.NewHumanAsync();
        var change = await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = Caller.InCluster,
                    Profile = new ProfileChange { GivenName = "Ada" },
                }
            );
        Assert.Equal(1, change.Details.Sequence);
        change = await cluster
            .User(id)
            .UpdateAsync(
                new UpdateUser
                {
                    Caller = Caller.InCluster,
                    Profile = new ProfileChange { GivenName = "Augusta" },
                }
            );
        Assert.Equal(2, change.Details.Sequence);
    }

    [Fact]
    public async Task The_same_email_address_is_no_change_and_stays_verified()
    {
        var id = await cluster.NewHumanAsync();
        await FailsAsync(SessionErrors.EmailUnchanged, () =>
            cluster.User(id).SetEmailAsync(Caller.InCluster, new EmailAddress($"{id}@example.com"))
        );
        await cluster.User(id).SetEmailAsync(Caller.InCluster, new EmailAddress($"{id}@example.org"));
        Assert.False((await cluster.User(id).GetAsync(Caller.InCluster)).Human!.Email.IsVerified);
    }

    [Fact]
    public async Task States_move_as_the_contract_says()
    {
        var id = await cluster.NewHumanAsync();
        var user = cluster.User(id);
        await FailsAsync(SessionErrors.UnlockUserNotLocked, () => user.UnlockAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.ReactivateUserNotInactive, () => user.ReactivateAsync(Caller.InCluster));
        await user.LockAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.LockUserNotActive, () => user.LockAsync(Caller.InCluster));
        await user.UnlockAsync(Caller.InCluster);
        await user.DeactivateAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.DeactivateUserAlready, () => user.DeactivateAsync(Caller.InCluster));
        await user.ReactivateAsync(Caller.InCluster);
        Assert.Equal(UserState.Active, (await user.GetAsync(Caller.InCluster)).State);

        var unknown = cluster.User(NewName());
        await FailsAsync(SessionErrors.LockUserNotFound, () => unknown.LockAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.UnlockUserNotFound, () => unknown.UnlockAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.DeactivateUserNotFound, () => unknown.DeactivateAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.ReactivateUserNotFound, () => unknown.ReactivateAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.DeleteUserNotFound, () => unknown.DeleteAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.UserNotFound, () => unknown.GetAsync(Caller.InCluster));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("IAM_OWNER")]
    public async Task Nobody_undoes_their_own_lock_by_a_caller_that_is_still_believed(string? role)
    {
        var id = await (role is null ? cluster.NewMachineAsync() : cluster.NewMachineAsync(role));
        var user = cluster.User(id);
        var believed = await user.AsCallerAsync();

        await user.LockAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.PermissionMissing, () => user.UnlockAsync(believed));
        await FailsAsync(SessionErrors.PermissionMissing, () => user.GetAsync(believed));
        Assert.Equal(UserState.Locked, (await user.GetAsync(Caller.InCluster)).State);

        await user.UnlockAsync(Caller.InCluster);
        await user.DeactivateAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.PermissionMissing, () => user.ReactivateAsync(believed));
        await FailsAsync(SessionErrors.PermissionMissing, () => user.DeleteAsync(believed));
        Assert.Equal(UserState.Inactive, (await user.GetAsync(Caller.InCluster)).State);

        await user.ReactivateAsync(Caller.InCluster);
        Assert.Equal(id, (await user.GetAsync(believed)).Id);
    }

    [Fact]
    public async Task Nobody_changes_their_own_state_whatever_their_role()
    {
        foreach (var role in new[] { "IAM_OWNER_VIEWER", "IAM_OWNER" })
        {
            var id = await cluster.NewMachineAsync(role);
            var self = await cluster.User(id).AsCallerAsync();
            await FailsAsync(SessionErrors.OwnState, () => cluster.User(id).LockAsync(self));
            await FailsAsync(SessionErrors.OwnState, () => cluster.User(id).UnlockAsync(self));
            await FailsAsync(SessionErrors.OwnState, () => cluster.User(id).DeactivateAsync(self));
            await FailsAsync(SessionErrors.OwnState, () => cluster.User(id).ReactivateAsync(self));
        }
    }

    [Fact]
    [Asvs("10.3.3")]
    public async Task A_deleted_user_leaves_its_id_and_frees_its_name()
    {
        var id = await cluster.NewHumanAsync(human => human with { TotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" });
        await LogInAsync($"{id}@example.com");
        await cluster.User(id).DeleteAsync(Caller.InCluster);
        await FailsAsync(SessionErrors.UserNotFound, () => cluster.User(id).GetAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.UserNotFound, () => LogInAsync($"{id}@example.com"));
        await FailsAsync(SessionErrors.UserIdTaken, () => cluster.User(id).CreateAsync(NewHuman(id)));

        using var json = JsonDocument.Parse(cluster.Store.UserJson(id)!);
        Assert.Equal(
            ["changedAt", "createdAt", "epochChangedAt", "id", "kind", "organizationId", "sequence", "sessionEpoch", "state"],
            json.RootElement.EnumerateObject()
                .Select(property => property.Name)
                .Where(name => !name.EndsWith("Failures", StringComparison.Ordinal))
                .Order()
        );
        var successor = NewName();
        await cluster.User(successor).CreateAsync(NewHuman(id));
        Assert.Equal(successor, await LogInAsync($"{id}@example.com"));
    }

    [Fact]
    public async Task Metadata_is_merged_and_limited()
    {
        var id = await cluster.NewHumanAsync();
        await cluster.User(id).SetMetadataAsync(Caller.InCluster, Metadata(("a", [1]), ("b", [2])));
        await cluster.User(id).SetMetadataAsync(Caller.InCluster, Metadata(("a", []), ("c", [3])));
        Assert.Equal(["b", "c"], (await cluster.User(id).GetAsync(Caller.InCluster)).Metadata.Keys.Order());
        await FailsAsync(SessionErrors.MetadataTooLarge, () =>
            cluster.User(id).SetMetadataAsync(Caller.InCluster, Metadata(("d", new byte[70_000])))
        );
    }

    [Fact]
    public async Task Metadata_changes_together_with_the_rest_or_not_at_all()
    {
        var id = await cluster.NewHumanAsync();
        var update = new UpdateUser { Caller = Caller.InCluster, Metadata = Metadata(("a", [1]), ("b", [2])) };
        await cluster.User(id).UpdateAsync(update);
        await cluster
            .User(id)
            .UpdateAsync(
                update with
                {
                    Metadata = Metadata(("a", [])),
                    Profile = new ProfileChange { NickName = "Ab" },
                }
            );

        var user = await cluster.User(id).GetAsync(Caller.InCluster);
        Assert.Equal(("b", "Ab"), (Assert.Single(user.Metadata.Keys), user.Human!.Profile.NickName));

        await FailsAsync(SessionErrors.MetadataTooLarge, () => cluster
                .User(id)
                .UpdateAsync(
                    update with
                    {
                        Metadata = Metadata(("d", new byte[70_000])),
                        Profile = new ProfileChange { NickName = "Cd" },
                    }
                ));
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            cluster.User(id).UpdateAsync(update with { Caller = CallerWith() with { UserId = id } })
        );
        Assert.Equal("Ab", (await cluster.User(id).GetAsync(Caller.InCluster)).Human!.Profile.NickName);
        Assert.Equal(["b"], (await cluster.User(id).GetAsync(Caller.InCluster)).Metadata.Keys);
    }

    [Fact]
    public async Task Only_a_service_has_a_form_of_access_tokens()
    {
        var (human, machine) = (await cluster.NewHumanAsync(), await cluster.NewMachineAsync());
        var update = new UpdateUser { Caller = Caller.InCluster, MachineTokenType = MachineTokenType.Jwt };

        await FailsAsync(SessionErrors.UserKindOther, () => cluster.User(human).UpdateAsync(update));
        await FailsAsync(SessionErrors.MachineTokenTypeUnknown, () =>
            cluster.User(machine).UpdateAsync(update with { MachineTokenType = (MachineTokenType)7 })
        );
        Assert.Equal(MachineTokenType.Opaque, (await cluster.User(machine).GetAsync(Caller.InCluster)).Machine!.TokenType);

        await cluster.User(machine).UpdateAsync(update);
        await cluster.User(machine).UpdateAsync(new UpdateUser { Caller = Caller.InCluster, MachineName = "Renamed" });
        var profile = (await cluster.User(machine).GetAsync(Caller.InCluster)).Machine!;
        Assert.Equal(("Renamed", MachineTokenType.Jwt), (profile.Name, profile.TokenType));
    }

    private static ImmutableDictionary<string, ImmutableArray<byte>> Metadata(params (string Key, byte[] Value)[] entries) =>
        entries.ToImmutableDictionary(entry => entry.Key, entry => entry.Value.ToImmutableArray());

    private async Task<string> LogInAsync(string loginName)
    {
        var id = NewName("session");
        await cluster
            .Session(id)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { User = new UserCheck { LoginName = loginName } },
                }
            );
        return (await cluster.Session(id).GetAsync(Caller.InCluster, null)).Factors!.User.Id;
    }
}
