using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>An administrator can name any address as a provider's. A service for others calls only those of the internet.</summary>
public sealed class PrivateAddressTests
{
    private static readonly SecretProtector s_secrets = new(() => new byte[32]);

    private readonly ProviderKinds _kinds = new(
        TestEgress.Http(("Origin:Public", "https://id.example.com")),
        TimeProvider.System,
        s_secrets
    );

    public static TheoryData<ProviderKind> Kinds => [.. Enum.GetValues<ProviderKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_way_to_log_in(ProviderKind kind) =>
        Assert.NotNull(_kinds.Of(new StoredProvider { Id = "provider", Settings = Settings(kind, "https://idp.example.com") }));

    [Fact]
    public void A_kind_of_a_newer_node_is_a_fault_of_the_login_only()
    {
        var provider = new StoredProvider { Id = "provider", Settings = Settings((ProviderKind)99, "https://idp.example.com") };

        Assert.Equal(SessionErrors.ProviderAway, Assert.Throws<UpstreamException>(() => _kinds.Of(provider)).Error);
    }

    [Theory]
    [InlineData(ProviderKind.Oidc)]
    [InlineData(ProviderKind.OAuth)]
    [InlineData(ProviderKind.GitHubEnterprise)]
    [InlineData(ProviderKind.GitLabSelfHosted)]
    [InlineData(ProviderKind.Jwt)]
    public async Task No_kind_calls_this_machine(ProviderKind kind)
    {
        await using var stub = new OAuthStub();
        var provider = ProviderRules.Store("provider", Settings(kind, stub.Address), DateTimeOffset.UnixEpoch, s_secrets);
        var callback = new IntentCallback
        {
            State = "state",
            Code = "code",
            Token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtaW5uaWUifQ.AAAA",
        };

        var exception = await Assert.ThrowsAsync<UpstreamException>(() =>
            _kinds.AuthenticateAsync(provider, "https://id.example.com/idps/callback", callback, new LoginSecrets("nonce", "verifier"))
        );

        Assert.Equal(SessionErrors.ProviderUnreachable, exception.Error);
        Assert.Empty(stub.Asked);
    }

    private static ProviderSettings Settings(ProviderKind kind, string address) =>
        new()
        {
            Kind = kind,
            Name = "Provider",
            Issuer = address,
            ClientId = "client",
            OAuth = new OAuthEndpoints($"{address}/authorize", $"{address}/token", $"{address}/user", "id"),
            Jwt = new JwtSettings($"{address}/login", $"{address}/keys", "x-token"),
        };
}
