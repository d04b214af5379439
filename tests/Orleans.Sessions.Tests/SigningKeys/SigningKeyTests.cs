using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Tests.SigningKeys;

/// <summary>Keys change on a schedule. Every token's key is published before anyone sees the token.</summary>
public sealed class SigningKeyTests(SigningKeyTests.Cluster cluster) : IClassFixture<SigningKeyTests.Cluster>
{
    [Fact]
    public async Task A_key_is_announced_signs_and_is_published_as_long_as_its_tokens_may_live()
    {
        var options = new TokenKeyOptions();
        var keys = cluster.Grains.GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys);
        var first = (await keys.GetAsync()).Active;
        Assert.Empty((await keys.GetAsync()).Others);

        cluster.Clock.Advance(options.Lifetime - options.Announcement);
        var announced = await keys.GetAsync();
        Assert.Equal(first.Id, announced.Active.Id);
        var second = Assert.Single(announced.Others);

        cluster.Clock.Advance(options.Announcement);
        var taken = await keys.GetAsync();
        Assert.Equal(second.Id, taken.Active.Id);
        Assert.Equal(first.Id, Assert.Single(taken.Others).Id);

        cluster.Clock.Advance(options.Afterlife);
        Assert.Empty((await keys.GetAsync()).Others);

        var rotation = await keys.RotateAsync(Caller.InCluster, withdrawOthers: false);
        var rotated = rotation.Keys;
        Assert.True(rotation.IsNew);
        Assert.Equal([PublishedKeyState.Signing, PublishedKeyState.Announced], rotated.Select(key => key.State));
        var again = await keys.RotateAsync(Caller.InCluster, withdrawOthers: false);
        Assert.False(again.IsNew);
        Assert.Equal(rotated, again.Keys);
        Assert.Equal((second.Id, rotated[1].Id), ((await keys.GetAsync()).Active.Id, Assert.Single((await keys.GetAsync()).Others).Id));
        cluster.Clock.Advance(options.Announcement);
        Assert.Equal(rotated[1].Id, (await keys.GetAsync()).Active.Id);
        Assert.Equal(
            [PublishedKeyState.Retired, PublishedKeyState.Signing],
            (await keys.ListAsync(Caller.InCluster)).Select(key => key.State)
        );

        var left = Assert.Single((await keys.RotateAsync(Caller.InCluster, withdrawOthers: true)).Keys);
        Assert.DoesNotContain(left.Id, rotated.Select(key => key.Id));
        Assert.Equal((left.Id, 0), ((await keys.GetAsync()).Active.Id, (await keys.GetAsync()).Others.Length));
    }

    [Fact]
    public async Task Keys_have_a_permission_of_their_own()
    {
        // The other test counts the keys of tokens.
        var keys = cluster.Grains.GetGrain<ISigningKeysGrain>(GrainKeys.SamlCertificates);
        var nobody = new Caller { UserId = "nobody", OrganizationId = "o" };
        var ofClients = nobody with { InstancePermissions = Permission.OidcClientRead | Permission.OidcClientWrite };
        var reader = nobody with { InstancePermissions = Permission.SigningKeyRead };
        foreach (var caller in new[] { nobody, ofClients })
        {
            await SessionCluster.FailsAsync(SessionErrors.PermissionMissing, () => keys.ListAsync(caller));
        }

        foreach (var caller in new[] { nobody, ofClients, reader })
        {
            await SessionCluster.FailsAsync(SessionErrors.PermissionMissing, () => keys.RotateAsync(caller, withdrawOthers: true));
        }

        Assert.NotEmpty(await keys.ListAsync(reader));
        Assert.NotEmpty(
            (await keys.RotateAsync(nobody with { InstancePermissions = Permission.SigningKeyWrite }, withdrawOthers: false)).Keys
        );
    }

    [Theory]
    [InlineData("IAM_OWNER", true, true)]
    [InlineData("IAM_OWNER_VIEWER", true, false)]
    [InlineData("IAM_ORG_MANAGER", false, false)]
    [InlineData("IAM_USER_MANAGER", false, false)]
    [InlineData("IAM_LOGIN_CLIENT", false, false)]
    [InlineData("ORG_OWNER", false, false)]
    [InlineData("ORG_USER_MANAGER", false, false)]
    public void A_role_may_do_with_keys_what_it_may_do_with_clients(string role, bool mayRead, bool mayWrite)
    {
        var permissions = Roles.PermissionsOf([role]);
        Assert.Equal(
            (mayRead, mayWrite),
            (permissions.HasFlag(Permission.SigningKeyRead), permissions.HasFlag(Permission.SigningKeyWrite))
        );
        Assert.Equal(
            (mayRead, mayWrite),
            (permissions.HasFlag(Permission.OidcClientRead), permissions.HasFlag(Permission.OidcClientWrite))
        );
    }

    [Fact]
    public async Task The_next_key_can_be_made_activated_and_withdrawn_and_a_key_that_signs_cannot()
    {
        var keys = cluster.Grains.GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys);
        var signing = Assert.Single((await keys.RotateAsync(Caller.InCluster, withdrawOthers: true)).Keys);
        var next = await keys.CreateAsync(Caller.InCluster, new KeyForm("RS256", 3072));
        Assert.Equal((PublishedKeyState.Announced, 3072), (next.State, next.Bits));
        await SessionCluster.FailsAsync(SessionErrors.WebKeyAnnounced, () => keys.CreateAsync(Caller.InCluster, KeyForm.Default));
        await SessionCluster.FailsAsync(SessionErrors.WebKeyUnknown, () => keys.ActivateAsync(Caller.InCluster, "unknown"));
        await SessionCluster.FailsAsync(SessionErrors.WebKeySigns, () => keys.RemoveAsync(Caller.InCluster, signing.Id));

        Assert.Equal(signing.SignsFrom, await keys.ActivateAsync(Caller.InCluster, signing.Id));
        await keys.ActivateAsync(Caller.InCluster, next.Id);

        Assert.Equal(next.Id, (await keys.GetAsync()).Active.Id);
        await SessionCluster.FailsAsync(SessionErrors.WebKeyRetired, () => keys.ActivateAsync(Caller.InCluster, signing.Id));
        Assert.NotNull(await keys.RemoveAsync(Caller.InCluster, signing.Id));
        Assert.Null(await keys.RemoveAsync(Caller.InCluster, signing.Id));
        Assert.Equal([next.Id], (await keys.ListAsync(Caller.InCluster)).Select(key => key.Id));
    }

    [Theory]
    [InlineData("ES256", 256)]
    [InlineData("ES384", 384)]
    [InlineData("ES512", 521)]
    [InlineData("RS384", 2048)]
    public async Task A_key_has_the_form_that_was_asked_for_and_so_have_its_successors(string algorithm, int bits)
    {
        var keys = cluster.Grains.GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys);
        await keys.RotateAsync(Caller.InCluster, withdrawOthers: true);
        var form = new KeyForm(algorithm, algorithm.StartsWith("RS", StringComparison.Ordinal) ? bits : null);

        var next = await keys.CreateAsync(Caller.InCluster, form);
        await keys.ActivateAsync(Caller.InCluster, next.Id);

        var active = (await keys.GetAsync()).Active;
        using var key = active.PrivateKey(new SecretProtector(new byte[SecretProtector.KeyBytes]));
        Assert.Equal((next.Id, algorithm, bits), (active.Id, active.Form.Algorithm, key.KeySize));
        Assert.Equal(form, next.Form);
        Assert.Equal(form, (await keys.RotateAsync(Caller.InCluster, withdrawOthers: false)).Keys[^1].Form);
        Assert.Equal(form, Assert.Single((await keys.RotateAsync(Caller.InCluster, withdrawOthers: true)).Keys).Form);
    }

    [Fact]
    public async Task A_hundred_published_keys_are_enough()
    {
        var keys = cluster.Grains.GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys);
        await keys.RotateAsync(Caller.InCluster, withdrawOthers: true);
        var form = new KeyForm("ES256");
        for (var made = 1; made < 100; made++)
        {
            await keys.ActivateAsync(Caller.InCluster, (await keys.CreateAsync(Caller.InCluster, form)).Id);
        }

        await SessionCluster.FailsAsync(SessionErrors.TooManyWebKeys, () => keys.CreateAsync(Caller.InCluster, form));
        await SessionCluster.FailsAsync(SessionErrors.TooManyWebKeys, () => keys.RotateAsync(Caller.InCluster, withdrawOthers: false));
        var oldest = (await keys.ListAsync(Caller.InCluster))[0];
        await keys.RemoveAsync(Caller.InCluster, oldest.Id);
        Assert.Equal(100, (await keys.RotateAsync(Caller.InCluster, withdrawOthers: false)).Keys.Length);
        Assert.Single((await keys.RotateAsync(Caller.InCluster, withdrawOthers: true)).Keys);
    }

    [Fact]
    public async Task Certificates_have_rsa_keys()
    {
        var keys = cluster.Grains.GetGrain<ISigningKeysGrain>(GrainKeys.SamlCertificates);
        await SessionCluster.FailsAsync(SessionErrors.NotOffered, () => keys.CreateAsync(Caller.InCluster, new KeyForm("ES256")));
    }

    [Fact]
    public void A_key_of_an_earlier_version_is_an_rsa_key()
    {
        Assert.Equal(KeyForm.Default, new PublishedKey("k", DateTimeOffset.UnixEpoch, PublishedKeyState.Signing).Form);
        Assert.Equal(3072, new PublishedKey("k", DateTimeOffset.UnixEpoch, PublishedKeyState.Signing, Bits: 3072).Form.Bits);
        Assert.Equal("RS256", new SigningKey("k", []).Form.Algorithm);
    }

    /// <summary>A cluster of its own: this test moves the clock by months.</summary>
    public sealed class Cluster() : SessionCluster(0);
}
