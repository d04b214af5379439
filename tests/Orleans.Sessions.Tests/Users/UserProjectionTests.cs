using System.Collections.Immutable;
using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.States;
using Orleans.Sessions.Users;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Tests.Users;

/// <summary>What the database must know about a user follows from each change.</summary>
public sealed class UserProjectionTests
{
    private static readonly UserRecord s_owner = new()
    {
        Id = "1",
        State = UserState.Active,
        Roles = [new RoleGrant(null, ["IAM_OWNER", "IAM_LOGIN_CLIENT"])],
        Keys = [new StoredMachineKey("k", [1], DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue)],
    };

    private static UserRecord[] NoOwners =>
        [
            s_owner with
            {
                State = UserState.Locked,
            },
            s_owner with
            {
                State = UserState.Inactive,
            },
            s_owner with
            {
                State = UserState.Initial,
            },
            new UserRecord { Id = "1", State = UserState.Deleted },
            s_owner with
            {
                Roles = null,
            },
            s_owner with
            {
                Roles = [new RoleGrant(null, ["IAM_OWNER_VIEWER"])],
            },
            s_owner with
            {
                Roles = [new RoleGrant("o", ["IAM_OWNER"])],
            },
            s_owner with
            {
                Keys = null,
            },
            s_owner with
            {
                Keys = [],
            },
            s_owner with
            {
                Keys = null,
                WebAuthnKeys = [new StoredWebAuthnKey("w", WebAuthnKind.Passkey, "example.com")],
            },
        ];

    private static UserRecord[] Owners =>
        [
            s_owner,
            s_owner with
            {
                Keys = null,
                Password = new StoredPassword("h", DateTimeOffset.UnixEpoch),
            },
            s_owner with
            {
                Keys = null,
                Links = [new IdentityLink("p", "e", "n")],
            },
            s_owner with
            {
                Keys = null,
                AccessTokens = [new StoredAccessToken("t", [1], DateTimeOffset.UnixEpoch, null)],
            },
            s_owner with
            {
                Keys = null,
                ClientSecret = new StoredClientSecret([1], DateTimeOffset.UnixEpoch),
            },
        ];

    [Fact]
    public void Who_cannot_act_is_an_owner_no_more() => Assert.All(NoOwners, user =>
        {
            Assert.Contains(new OwnerLost(), UserProjection.Of(s_owner, user).Effects);
            Assert.Contains(new OwnerGained(), UserProjection.Of(user, s_owner).Effects);
            Assert.DoesNotContain(new OwnerGained(), UserProjection.Of(null, user).Effects);
        });

    [Fact]
    public void Whoever_can_log_in_is_an_owner_who_can_act() => Assert.All(Owners, user =>
        {
            Assert.Contains(new OwnerGained(), UserProjection.Of(null, user).Effects);
            Assert.DoesNotContain(UserProjection.Of(s_owner, user).Effects, effect => effect is OwnerGained or OwnerLost);
        });

    [Fact]
    public void Links_are_added_and_removed_by_their_difference()
    {
        IdentityLink a = new("p", "a", "old"),
            b = new("p", "b", ""),
            c = new("q", "b", "");
        var effects = UserProjection
            .Of(s_owner with { Links = [a, b] }, s_owner with { Links = [a with { ExternalName = "new" }, c] })
            .Effects;

        Assert.Equal<StateEffect>([new IdentityUnlinked("p", "b"), new IdentityLinked("q", "b", "1")], effects);
        Assert.Empty(UserProjection.Of(s_owner with { Links = [a] }, s_owner with { Links = [a], Sequence = 7 }).Effects);
    }

    [Fact]
    public void An_address_is_claimed_when_it_is_verified_and_not_again()
    {
        var claimed = s_owner with { HasUniqueEmail = true, Email = new EmailAddress("A@example.com", IsVerified: true) };

        Assert.Equal<StateEffect>([new EmailClaimed("a@example.com")], UserProjection.Of(s_owner, claimed).Effects);
        Assert.Empty(UserProjection.Of(claimed, claimed with { Sequence = 7 }).Effects);
        Assert.Empty(UserProjection.Of(s_owner, claimed with { HasUniqueEmail = null }).Effects);
        Assert.Empty(UserProjection.Of(s_owner, claimed with { Email = new EmailAddress("a@example.com", IsVerified: false) }).Effects);
    }

    [Fact]
    public void A_message_is_queued_once()
    {
        var user = s_owner with { Outbox = [Message("m1")] };

        Assert.Equal(["m1"], Queued(s_owner, user));
        Assert.Equal(["m2"], Queued(user, s_owner with { Outbox = [Message("m1"), Message("m2")] }));
        Assert.Empty(Queued(user, user with { Sequence = 7 }));
    }

    [Theory]
    [InlineData(UserState.Inactive)]
    [InlineData(UserState.Deleted)]
    [InlineData(UserState.Locked)]
    public void Messages_to_somebody_who_cannot_log_in_any_more_are_dropped(UserState state)
    {
        var user = new UserRecord { Id = "1", State = UserState.Active };

        Assert.Contains(new MessagesDropped(), UserProjection.Of(user, user with { State = state }).Effects);
        Assert.Empty(UserProjection.Of(user with { State = state }, user with { State = state, Sequence = 7 }).Effects);
        Assert.Empty(UserProjection.Of(user with { State = state }, user).Effects);
    }

    private static OutboxMessage Message(string id) => new("kind", id, "content", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);

    private static IEnumerable<string> Queued(UserRecord before, UserRecord after) =>
        UserProjection.Of(before, after).Effects.OfType<MessageQueued>().Select(message => message.Id);
}
