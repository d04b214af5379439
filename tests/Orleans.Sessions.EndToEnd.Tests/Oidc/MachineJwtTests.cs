using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>The access tokens of service accounts that want JWTs.</summary>
public abstract class MachineJwtTests(SharedHost host) : ContractTests(host)
{
    private const string ClientCredentials = "client_credentials";
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const string UserInfo = "/oidc/v1/userinfo";
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(3);

    private readonly RSA _key = RSA.Create(2048);

    private string Issuer => Admin.Host.Address.GetLeftPart(UriPartial.Authority);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _key.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(ClientCredentials)]
    [InlineData(JwtBearer)]
    public async Task A_resource_server_reads_the_token_by_the_published_keys_or_asks(string grantType)
    {
        var (api, other) = (await RelyingParty.RegisterAsync(Admin), await RelyingParty.RegisterAsync(Admin));
        var account = await NewAsync();
        var reply = (await TokenAsync(account, grantType, $"openid {RelyingParty.ApiScope} {RelyingParty.AudienceScope(api.Id)}")).Expect(
            200
        );
        var token = reply.Text("access_token");
        var clientId = grantType == ClientCredentials ? account.Machine.LoginName : account.Machine.Id;

        var claims = await Jwt.VerifyAsync(Admin, token, "at+jwt");
        Assert.Equal(account.Machine.Id, claims["sub"]!.GetValue<string>());
        Assert.Equal(clientId, claims["client_id"]!.GetValue<string>());
        Assert.Equal(Issuer, claims["iss"]!.GetValue<string>());
        Assert.Contains(api.Id, claims["aud"]!.AsArray().Select(audience => audience!.GetValue<string>()));
        Assert.InRange(claims["exp"]!.GetValue<long>(), Jwt.Now + 1, Jwt.Now + reply.Number("expires_in") + 2);
        Assert.NotEmpty(claims["jti"]!.GetValue<string>());

        Assert.Equal(account.Machine.Id, (await Admin.As(token).GetAsync(UserInfo)).Expect(200).Text("sub"));
        var told = (await api.PostAsync("/oauth/v2/introspect", ("token", token))).Expect(200);
        Assert.True(told["active"]!.GetValue<bool>());
        Assert.Equal((account.Machine.Id, clientId), (told.Text("sub"), told.Text("client_id")));
        Assert.Equal(claims["jti"]!.GetValue<string>(), told.Text("jti"));
        Assert.False(await other.IsActiveAsync(token));
        await Admin.As(token).OpenAsync();
    }

    [Theory]
    [InlineData(ClientCredentials)]
    [InlineData(JwtBearer)]
    public async Task A_token_that_somebody_else_signed_or_changed_is_good_for_nothing(string grantType)
    {
        var api = await RelyingParty.RegisterAsync(Admin);
        var account = await NewAsync();
        var scope = $"openid {RelyingParty.AudienceScope(api.Id)}";
        var first = (await TokenAsync(account, grantType, scope)).Expect(200).Text("access_token");
        var second = (await TokenAsync(account, grantType, scope)).Expect(200).Text("access_token");
        var keyId = (await Admin.GetAsync("/oauth/v2/keys")).Expect(200).Text("keys.0.kid");
        var header = new
        {
            alg = "RS256",
            typ = "at+jwt",
            kid = keyId,
        };

        string[] bad =
        [
            $"{first[..first.LastIndexOf('.')]}{second[second.LastIndexOf('.')..]}",
            first[..(first.LastIndexOf('.') + 1)],
            Jwt.Sign(_key, header, Jwt.Claims(first)),
        ];
        foreach (var token in bad)
        {
            (await Admin.As(token).GetAsync(UserInfo)).Expect(401);
            Assert.False(await api.IsActiveAsync(token));
        }

        Assert.True(await api.IsActiveAsync(first));
    }

    [Fact]
    public async Task The_token_dies_when_it_is_revoked_and_when_the_account_is_deactivated()
    {
        var api = await RelyingParty.RegisterAsync(Admin);
        var account = await NewAsync();
        var scope = $"openid {RelyingParty.AudienceScope(api.Id)}";
        var revoked = (await TokenAsync(account, ClientCredentials, scope)).Expect(200).Text("access_token");
        var standing = (await TokenAsync(account, ClientCredentials, scope)).Expect(200).Text("access_token");

        (
            await Admin
                .As(null)
                .PostFormAsync(
                    "/oauth/v2/revoke",
                    ("client_id", account.Machine.LoginName),
                    ("client_secret", account.Secret),
                    ("token", revoked)
                )
        ).Expect(200);
        Assert.False(await api.IsActiveAsync(revoked));
        (await Admin.As(revoked).GetAsync(UserInfo)).Expect(401);
        Assert.True(await api.IsActiveAsync(standing));

        (await Admin.PostAsync($"/v2/users/{account.Machine.Id}/deactivate")).Expect(200);
        await Eventually.StatusAsync(401, () => Admin.As(standing).GetAsync(UserInfo), s_soon);
        Assert.False(await api.IsActiveAsync(standing));
        (await TokenAsync(account, ClientCredentials, scope)).ExpectOAuth(401, "invalid_client");
        (await TokenAsync(account, JwtBearer, scope)).ExpectOAuth(400, "invalid_grant");
    }

    [Fact]
    public async Task An_account_that_wants_opaque_tokens_again_gets_them()
    {
        var account = await NewAsync();
        var signed = (await TokenAsync(account, ClientCredentials, "openid")).Expect(200).Text("access_token");

        await SetTypeAsync(account.Machine, "ACCESS_TOKEN_TYPE_BEARER");

        foreach (var grantType in new[] { ClientCredentials, JwtBearer })
        {
            var opaque = (await TokenAsync(account, grantType, "openid")).Expect(200).Text("access_token");
            Assert.StartsWith("at_", opaque, StringComparison.Ordinal);
            (await Admin.As(opaque).GetAsync(UserInfo)).Expect(200);
        }

        (await Admin.As(signed).GetAsync(UserInfo)).Expect(200);
    }

    /// <summary>A login client whose tokens are JWTs, with a secret and a key.</summary>
    private async Task<Account> NewAsync()
    {
        var machine = await Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        await SetTypeAsync(machine, "ACCESS_TOKEN_TYPE_JWT");
        var secret = (await Admin.PostAsync($"/v2/users/{machine.Id}/secret")).Expect(200).Text("clientSecret");
        var publicKey = Convert.ToBase64String(Encoding.UTF8.GetBytes(_key.ExportSubjectPublicKeyInfoPem()));
        var key = (
            await Admin.PostAsync($"/v2/users/{machine.Id}/keys", new { expirationDate = DateTimeOffset.UtcNow.AddHours(1), publicKey })
        ).Expect(200);
        return new Account(machine, secret, key.Text("keyId"));
    }

    private async Task SetTypeAsync(Machine machine, string accessTokenType) =>
        (await Admin.PatchAsync($"/v2/users/{machine.Id}", new { machine = new { accessTokenType } })).Expect(200);

    private Task<Reply> TokenAsync(Account account, string grantType, string scope)
    {
        (string Name, string? Value)[] proof =
            grantType == ClientCredentials
                ? [("client_id", account.Machine.LoginName), ("client_secret", account.Secret)]
                : [("assertion", Assertion(account))];
        return Admin.As(null).PostFormAsync("/oauth/v2/token", [("grant_type", grantType), ("scope", scope), .. proof]);
    }

    private string Assertion(Account account) =>
        Jwt.Sign(
            _key,
            account.KeyId,
            new
            {
                iss = account.Machine.Id,
                sub = account.Machine.Id,
                aud = Issuer,
                jti = Guid.NewGuid(),
                iat = Jwt.Now,
                exp = Jwt.Now + 600,
            }
        );

    private sealed record Account(Machine Machine, string Secret, string KeyId);
}

public sealed class MachineJwtTestsOnSqlite(SqliteHost host) : MachineJwtTests(host);

public sealed class MachineJwtTestsOnPostgreSql(PostgreSqlHost host) : MachineJwtTests(host);
