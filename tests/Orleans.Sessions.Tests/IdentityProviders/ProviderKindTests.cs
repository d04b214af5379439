using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.State;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>What the settings of each kind of provider must be, and what the kind knows by itself.</summary>
[Collection(nameof(LenientCluster))]
public sealed class ProviderKindTests(LenientCluster cluster)
{
    private static readonly OAuthEndpoints s_endpoints = new(
        "https://idp.example.com/authorize",
        "https://idp.example.com/token",
        "https://idp.example.com/user",
        "id"
    );

    private IIdentityProvidersGrain Providers => cluster.Grains.GetGrain<IIdentityProvidersGrain>(GrainKeys.Instance);

    public static TheoryData<ProviderKind> Kinds => [.. Enum.GetValues<ProviderKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_rules(ProviderKind kind) => Assert.NotNull(KindTable.Of(kind));

    [Theory]
    [InlineData(ProviderKind.GitLab, "https://gitlab.com")]
    [InlineData(ProviderKind.Google, "https://accounts.google.com")]
    [InlineData(ProviderKind.EntraId, "https://login.microsoftonline.com/common/v2.0")]
    public async Task A_product_needs_no_addresses(ProviderKind kind, string issuer)
    {
        var added = await AddAsync(Settings(kind));

        Assert.Equal((kind, issuer, true), (added.Kind, added.Issuer, added.UsePkce));
        Assert.Equal(["openid", "profile", "email"], added.Scopes);
    }

    [Fact]
    public async Task GitHub_needs_no_addresses()
    {
        var added = await AddAsync(Settings(ProviderKind.GitHub));

        Assert.Equal("https://api.github.com/user", added.OAuth!.User);
        Assert.Equal(["read:user", "user:email"], added.Scopes);
    }

    [Fact]
    public async Task A_kind_never_changes()
    {
        var id = (await AddAsync(Settings(ProviderKind.Google))).Id;

        await FailsAsync(SessionErrors.ProviderKindOther, () => Providers.UpdateAsync(Caller.InCluster, id, Settings(ProviderKind.GitHub)));
        Assert.Equal(1, (await Providers.GetAsync(Caller.InCluster, id)).Details.Sequence);
        await Providers.RemoveAsync(Caller.InCluster, id);
    }

    [Fact]
    public async Task A_secret_is_never_sent_to_another_token_endpoint()
    {
        var settings = Settings(ProviderKind.OAuth) with { OAuth = s_endpoints, ClientSecret = "secret" };
        var id = NewName("provider");
        await Providers.AddAsync(Caller.InCluster, id, settings);
        var moved = settings with { OAuth = s_endpoints with { Token = "https://evil.example.com/token" }, ClientSecret = "" };

        await FailsAsync(SessionErrors.ProviderSecretMissing, () => Providers.UpdateAsync(Caller.InCluster, id, moved));
        await Providers.UpdateAsync(Caller.InCluster, id, settings with { ClientSecret = "" });
        await Providers.UpdateAsync(Caller.InCluster, id, moved with { ClientSecret = "another" });
        await Providers.RemoveAsync(Caller.InCluster, id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("idp")]
    [InlineData("http://idp.example.com/token")]
    [InlineData("ftp://idp.example.com/token")]
    [InlineData("https://me:secret@idp.example.com/token")]
    [InlineData("https://idp.example.com/token#fragment")]
    public async Task An_endpoint_is_an_address_with_tls(string url)
    {
        foreach (
            var endpoints in new[]
            {
                s_endpoints with
                {
                    Authorization = url,
                },
                s_endpoints with
                {
                    Token = url,
                },
                s_endpoints with
                {
                    User = url,
                },
            }
        )
        {
            await RefusedAsync(SessionErrors.ProviderEndpointsInvalid, Settings(ProviderKind.OAuth) with { OAuth = endpoints });
            await RefusedAsync(SessionErrors.ProviderEndpointsInvalid, Settings(ProviderKind.GitHubEnterprise) with { OAuth = endpoints });
        }
    }

    [Fact]
    public async Task What_a_kind_needs_is_named_by_its_error()
    {
        await RefusedAsync(SessionErrors.ProviderEndpointsInvalid, Settings(ProviderKind.OAuth));
        await RefusedAsync(
            SessionErrors.ProviderIdAttributeInvalid,
            Settings(ProviderKind.OAuth) with
            {
                OAuth = s_endpoints with { IdAttribute = " " },
            }
        );
        await RefusedAsync(SessionErrors.ProviderIssuerInvalid, Settings(ProviderKind.GitLabSelfHosted));
        await RefusedAsync(SessionErrors.ProviderAppleIdsInvalid, Settings(ProviderKind.Apple));
        await RefusedAsync(SessionErrors.ProviderTokenIssuerInvalid, Settings(ProviderKind.Jwt));
        var jwt = Settings(ProviderKind.Jwt) with { Issuer = "gateway" };
        await RefusedAsync(SessionErrors.ProviderTokenEndpointsInvalid, jwt);
        await RefusedAsync(
            SessionErrors.ProviderHeaderInvalid,
            jwt with
            {
                Jwt = new JwtSettings("https://idp.example.com/login", "https://idp.example.com/keys", "x token"),
            }
        );
        await RefusedAsync(SessionErrors.ProviderKindUnknown, Settings((ProviderKind)99));
        foreach (var tenant in new[] { "", "a/b", "..", ".example.com", "a b", "tenant?x", new string('x', 101) })
        {
            var settings = Settings(ProviderKind.EntraId) with { Entra = new EntraSettings(tenant) };
            await RefusedAsync(SessionErrors.ProviderTenantInvalid, settings);
        }
    }

    [Fact]
    public void What_was_stored_before_there_were_kinds_is_of_OpenID_Connect()
    {
        var row =
            """
            {"providers":[{"id":"p","settings":{"name":"P","issuer":"https://p.example","clientId":"c","clientSecret":"",
            "scopes":["openid"],"isIdTokenMapping":false,"usePkce":true,"policy":{"isLinkingAllowed":true,"isCreationAllowed":false,
            "isAutoCreation":false,"isAutoUpdate":false,"autoLinking":0}},"createdAt":1767323045000000,"changedAt":1767323045000000,
            "sequence":3}]}
            """u8;

        var provider = new StateSerializer([IdentityProviderJsonContext.Default]).Deserialize<ProvidersRecord>(row).Providers.Single();

        Assert.Equal((ProviderKind.Oidc, "https://p.example"), (provider.Settings.Kind, provider.Settings.Issuer));
        Assert.Equal(ProviderKind.Oidc, ProviderRules.View(provider, "instance").Kind);
    }

    private static ProviderSettings Settings(ProviderKind kind) =>
        new()
        {
            Kind = kind,
            Name = "Provider",
            ClientId = "client",
        };

    private Task<SessionException> RefusedAsync(SessionError error, ProviderSettings settings) =>
        FailsAsync(error, () => Providers.AddAsync(Caller.InCluster, NewName("provider"), settings));

    private async Task<IdentityProvider> AddAsync(ProviderSettings settings)
    {
        var id = NewName("provider");
        await Providers.AddAsync(Caller.InCluster, id, settings);
        return await Providers.GetAsync(Caller.InCluster, id);
    }
}
