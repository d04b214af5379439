using System.Collections.Immutable;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Tests.Organizations.Harness;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Organizations;

/// <summary>When a change of an organization's state is acknowledged, its people have that state, whatever happens meanwhile.</summary>
[Collection(nameof(OrganizationCluster))]
public sealed class OrganizationStateTests(OrganizationCluster cluster)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_of_the_people_of_a_closed_organization_works_when_the_answer_comes(bool isDeleted)
    {
        var id = await cluster.NewOrganizationAsync();
        var (person, stranger) = (await cluster.NewHumanAsync(organizationId: id), await cluster.NewHumanAsync());
        var (session, other) = (await cluster.NewSessionAsync(person), await cluster.NewSessionAsync(stranger));
        var service = await cluster.NewServiceAsync(id);
        var (token, secret) = (PersonalAccessToken.Create(service, "1"), RandomText.NewSecret());
        await cluster.User(service).AddPersonalAccessTokenAsync(Caller.InCluster, token, null);
        await cluster.User(service).AddSecretAsync(Caller.InCluster, [.. TokenHash.Of(secret)]);
        await cluster.User(service).AddKeyAsync(Caller.InCluster, "key", [.. OrganizationCluster.NewPublicKey()], DateTimeOffset.MaxValue);
        var (family, access) = await NewTokenAsync(service);
        Assert.True(await cluster.User(service).HasSecretAsync(service, secret));

        var organization = cluster.Organization(id);
        await (isDeleted ? organization.DeleteAsync(Caller.InCluster) : organization.DeactivateAsync(Caller.InCluster));

        Assert.NotNull(cluster.Store.Session(session)!.EndedAt);
        await FailsAsync(SessionErrors.SessionNotFound, () => cluster.Session(session).GetAsync(Caller.InCluster, null));
        await FailsAsync(SessionErrors.TokenInvalid, () => cluster.User(service).AuthenticateAsync(token));
        await FailsAsync(SessionErrors.TokenInvalid, () => cluster.User(person).AsCallerAsync());
        await FailsAsync(SessionErrors.TokenInvalid, () => Family(family).AuthenticateAsync(access.AccessTokenId, access.AccessToken));
        Assert.False(await cluster.User(service).HasSecretAsync(service, secret));
        Assert.Null(await cluster.User(service).FindKeyAsync("key"));
        await FailsAsync(isDeleted ? SessionErrors.UserNotFound : SessionErrors.UserNotActive, () => cluster.NewSessionAsync(person));
        Assert.Null(cluster.Store.Session(other)!.EndedAt);
        Assert.Equal(UserState.Active, cluster.Store.User(stranger)!.State);
    }

    [Fact]
    public async Task Activation_gives_back_the_states_from_before_and_no_session()
    {
        var id = await cluster.NewOrganizationAsync();
        var (active, locked, inactive) = (
            await cluster.NewHumanAsync(organizationId: id),
            await cluster.NewHumanAsync(organizationId: id),
            await cluster.NewHumanAsync(organizationId: id)
        );
        var session = await cluster.NewSessionAsync(active);
        await cluster.User(locked).LockAsync(Caller.InCluster);
        await cluster.User(inactive).DeactivateAsync(Caller.InCluster);

        await cluster.Organization(id).DeactivateAsync(Caller.InCluster);
        Assert.All([active, locked, inactive], user => Assert.Equal(UserState.Inactive, cluster.Store.User(user)!.State));
        Assert.Equal(OrganizationState.Inactive, (await cluster.FindAsync(id))!.State);
        foreach (var user in new[] { active, inactive })
        {
            await FailsAsync(SessionErrors.OrganizationInactive, () => cluster.User(user).ReactivateAsync(Caller.InCluster));
        }

        await cluster.Organization(id).ActivateAsync(Caller.InCluster);

        Assert.Equal(
            [UserState.Active, UserState.Locked, UserState.Inactive],
            new[] { active, locked, inactive }.Select(user => cluster.Store.User(user)!.State)
        );
        Assert.NotNull(cluster.Store.Session(session)!.EndedAt);
        await cluster.NewSessionAsync(active);
        await cluster.User(inactive).ReactivateAsync(Caller.InCluster);
        Assert.Equal(
            [AuditKinds.OrganizationCreated.Name, AuditKinds.OrganizationDeactivated.Name, AuditKinds.OrganizationActivated.Name],
            cluster.KindsOf(id)
        );
        Assert.Equal(
            [(AuditKinds.UserDeactivated.Name, "organization"), (AuditKinds.UserReactivated.Name, "organization")],
            cluster.Store.Audit.Where(row => row.TargetId == active && row.Reason == "organization").Select(row => (row.Kind, row.Reason!))
        );
    }

    [Fact]
    public async Task A_deleted_organization_is_gone_with_its_people_and_its_id_never_comes_back()
    {
        var id = await cluster.NewOrganizationAsync();
        var person = await cluster.NewHumanAsync(organizationId: id);
        var name = (await cluster.FindAsync(id))!.Name;
        await cluster.Organization(id).SetMetadataAsync(Caller.InCluster, Metadata("key"));
        var texts = cluster.Grains.GetGrain<ILoginTextsGrain>(GrainKeys.LoginTextsOf(id));
        await texts.SetAsync(Caller.InCluster, "de", "{}");
        var stranger = await cluster.NewHumanAsync();
        await cluster.User(stranger).AddAdministratorAsync(Caller.InCluster, id, ["ORG_OWNER"]);

        await cluster.Organization(id).DeleteAsync(Caller.InCluster);

        Assert.Null(cluster.Store.User(stranger)!.Roles);
        await FailsAsync(SessionErrors.OrganizationNotFound, () =>
            cluster.User(stranger).AddAdministratorAsync(Caller.InCluster, id, ["ORG_OWNER"])
        );

        Assert.Empty(await texts.GetAsync(["de"]));
        await FailsAsync(SessionErrors.OrganizationUnknown, () => texts.SetAsync(Caller.InCluster, "de", "{}"));
        Assert.Empty(await texts.GetAsync(["de"]));
        Assert.Null(await cluster.FindAsync(id));
        Assert.Equal(UserState.Deleted, cluster.Store.User(person)!.State);
        await FailsAsync(SessionErrors.OrganizationTaken, () => cluster.Organizations.AddAsync(Caller.InCluster, id, NewName("Other")));
        await FailsAsync(SessionErrors.OrganizationInactive, () => cluster.NewHumanAsync(organizationId: id));
        await FailsAsync(SessionErrors.OrganizationNotFound, () => cluster.Organization(id).ListMetadataAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.OrganizationNotFound, () =>
            cluster.Organization(id).SetMetadataAsync(Caller.InCluster, Metadata("key"))
        );
        await FailsAsync(SessionErrors.DeleteOrganizationNotFound, () => cluster.Organization(id).DeleteAsync(Caller.InCluster));
        await cluster.Organizations.AddAsync(Caller.InCluster, NewName("organization"), name);
        Assert.Contains(AuditKinds.OrganizationDeleted.Name, cluster.KindsOf(id));
        Assert.Contains(cluster.Store.Audit, row => row.TargetId == person && row.Kind == AuditKinds.UserDeleted.Name);
    }

    [Fact]
    public async Task The_login_texts_of_a_deleted_organization_go_with_it_and_do_not_come_back()
    {
        var id = await cluster.NewOrganizationAsync();
        var texts = cluster.Grains.GetGrain<ILoginTextsGrain>(GrainKeys.LoginTextsOf(id));
        await texts.SetAsync(Caller.InCluster, "en", """{"a":"b"}""");

        await cluster.Organization(id).DeleteAsync(Caller.InCluster);

        Assert.Empty(await texts.GetAsync(["en"]));
        await FailsAsync(SessionErrors.OrganizationUnknown, () => texts.SetAsync(Caller.InCluster, "en", """{"a":"c"}"""));
        Assert.Empty(await texts.GetAsync(["en"]));
    }

    [Fact]
    public async Task All_of_very_many_people_are_reached()
    {
        var id = await cluster.NewOrganizationAsync();
        var people = await Task.WhenAll(Enumerable.Range(0, 230).Select(_ => cluster.NewServiceAsync(id)));

        await cluster.Organization(id).DeactivateAsync(Caller.InCluster);

        Assert.All(people, user => Assert.Equal(UserState.Inactive, cluster.Store.User(user)!.State));
        await cluster.Organization(id).DeleteAsync(Caller.InCluster);
        Assert.All(people, user => Assert.Equal(UserState.Deleted, cluster.Store.User(user)!.State));
    }

    [Fact]
    public async Task The_default_organization_stays()
    {
        await FailsAsync(SessionErrors.DefaultOrganizationStaysActive, () =>
            cluster.Organization(OrganizationId).DeactivateAsync(Caller.InCluster)
        );
        await FailsAsync(SessionErrors.DefaultOrganizationNotDeletable, () =>
            cluster.Organization(OrganizationId).DeleteAsync(Caller.InCluster)
        );
        await FailsAsync(SessionErrors.OrganizationAlreadyActive, () =>
            cluster.Organization(OrganizationId).ActivateAsync(Caller.InCluster)
        );
    }

    [Fact]
    public async Task Only_who_has_the_rights_of_everybody_in_it_closes_an_organization()
    {
        var id = await cluster.NewOrganizationAsync();
        var person = await cluster.NewHumanAsync(organizationId: id);
        var owner = CallerWith(Permission.None, id, Roles.PermissionsOf(["ORG_OWNER"]));
        var manager = CallerWith(Permission.None, id, Roles.PermissionsOf(["ORG_USER_MANAGER"]));
        var stranger = CallerWith(Permission.None, "elsewhere", Roles.PermissionsOf(["ORG_OWNER"]));
        foreach (var caller in new[] { manager, stranger })
        {
            await FailsAsync(SessionErrors.PermissionMissing, () => cluster.Organization(id).DeactivateAsync(caller));
            await FailsAsync(SessionErrors.PermissionMissing, () => cluster.Organization(id).ActivateAsync(caller));
            await FailsAsync(SessionErrors.PermissionMissing, () => cluster.Organization(id).DeleteAsync(caller));
        }

        await cluster.User(person).AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER_VIEWER"]);
        await FailsAsync(SessionErrors.PermissionMissing, () => cluster.Organization(id).DeleteAsync(owner));
        Assert.Equal(UserState.Active, cluster.Store.User(person)!.State);

        await cluster.User(person).RemoveAdministratorAsync(Caller.InCluster, null);
        await cluster.Organization(id).DeactivateAsync(owner);
        await cluster.Organization(id).ActivateAsync(owner);
        await cluster.Organization(id).DeleteAsync(owner);
    }

    [Fact]
    public async Task A_refused_caller_has_few_people_read_and_one_check_at_a_time()
    {
        var id = await cluster.NewOrganizationAsync();
        var owner = CallerWith(Permission.None, id, Roles.PermissionsOf(["ORG_OWNER"]));
        var first = await cluster.NewServiceAsync(id);
        await cluster.User(first).AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER_VIEWER"]);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => cluster.NewServiceAsync(id)));
        var pages = 0;
        TaskCompletionSource begun = new(),
            goOn = new();
        cluster.Store.WhilePeopleAreRead = organization =>
        {
            if (organization != id)
            {
                return Task.CompletedTask;
            }

            Interlocked.Increment(ref pages);
            begun.TrySetResult();
            return goOn.Task;
        };
        try
        {
            var refusals = Task.WhenAll(
                Enumerable.Range(0, 3).Select(_ => ErrorOfAsync(() => cluster.Organization(id).DeleteAsync(owner)))
            );
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

            // The grain answers these questions after it has got the other calls.
            await cluster.Standing(id).StateAsync();
            await cluster.Standing(id).StateAsync();
            Assert.Equal(1, pages);

            goOn.TrySetResult();
            Assert.All(await refusals, error => Assert.Equal(SessionErrors.PermissionMissing, error));
        }
        finally
        {
            goOn.TrySetResult();
            cluster.Store.WhilePeopleAreRead = null;
        }

        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task An_organization_that_does_not_exist_is_told_from_one_that_already_has_the_state()
    {
        var unknown = cluster.Organization("4711");
        await FailsAsync(SessionErrors.DeactivateOrganizationNotFound, () => unknown.DeactivateAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.ActivateOrganizationNotFound, () => unknown.ActivateAsync(Caller.InCluster));
        await FailsAsync(SessionErrors.DeleteOrganizationNotFound, () => unknown.DeleteAsync(Caller.InCluster));
        var id = await cluster.NewOrganizationAsync();
        await FailsAsync(SessionErrors.OrganizationAlreadyActive, () => cluster.Organization(id).ActivateAsync(Caller.InCluster));
    }

    private static ImmutableDictionary<string, ImmutableArray<byte>> Metadata(string key) =>
        ImmutableDictionary<string, ImmutableArray<byte>>.Empty.Add(key, [1]);

    private async Task<(string Family, NewTokens Tokens)> NewTokenAsync(string serviceId)
    {
        var (family, tokenId) = (NewName("authorization"), RandomText.NewId());
        var tokens = new NewTokens
        {
            AccessTokenId = tokenId,
            AccessToken = OidcTokens.CreateAccess(family, tokenId, sessionId: null),
            AccessTokenLifetime = TimeSpan.FromHours(1),
        };
        await Family(family)
            .IssueAsync(
                new DirectGrant
                {
                    ClientId = serviceId,
                    Issuer = "https://id.example.com",
                    Scopes = ["openid"],
                    UserId = serviceId,
                },
                tokens
            );
        await Family(family).AuthenticateAsync(tokens.AccessTokenId, tokens.AccessToken);
        return (family, tokens);
    }

    private ITokenFamilyGrain Family(string id) => cluster.Grains.GetGrain<ITokenFamilyGrain>(GrainKeys.Authorization(id));
}
