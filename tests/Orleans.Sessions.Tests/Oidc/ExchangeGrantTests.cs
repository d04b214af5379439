using System.Collections.Immutable;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>What a family that comes of an exchange (RFC 8693) takes from the family of the presented token.</summary>
[Collection(nameof(LenientCluster))]
public sealed class ExchangeGrantTests(LenientCluster cluster) : IAsyncLifetime
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    private OidcClient _first = null!;
    private OidcClient _second = null!;

    public async ValueTask InitializeAsync() => (_first, _second) = (await NewClientAsync(), await NewClientAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task It_tells_the_same_login_to_the_other_client_and_dies_with_the_same_credential()
    {
        var subject = await NewFamilyAsync(_first, ["openid", "email"]);

        var (granted, tokens) = await ExchangeAsync(subject.Id, ["openid", "email"]);

        Assert.Equal((subject.Grant.UserId, _second.Id), (granted.UserId, granted.ClientId));
        Assert.Equal(
            (subject.Grant.SessionId, subject.Grant.Acr, subject.Grant.AuthenticatedAt),
            (granted.SessionId, granted.Acr, granted.AuthenticatedAt)
        );
        await Family(granted.AuthorizationId).AuthenticateAsync(tokens.AccessTokenId, tokens.AccessToken);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await cluster
            .User(granted.UserId)
            .SetPasswordAsync(Caller.InCluster, new PasswordChange { New = new NewPassword { Password = "Another-Horse-8" } });
        await FailsAsync(SessionErrors.TokenInvalid, () =>
            Family(granted.AuthorizationId).AuthenticateAsync(tokens.AccessTokenId, tokens.AccessToken)
        );
    }

    [Fact]
    public async Task It_has_no_scope_that_the_login_did_not_have_and_ends_when_the_presented_token_does()
    {
        var subject = await NewFamilyAsync(_first, ["openid"]);
        var end = cluster.Clock.GetUtcNow() + (s_lifetime / 4);

        var (granted, _) = await ExchangeAsync(subject.Id, ["openid", "profile", "email"], grant => grant with { NotAfter = end });

        Assert.Equal(["openid"], granted.Scopes);
        Assert.Equal(end, granted.ExpiresAt, TimeSpan.FromSeconds(1));
        await FailsAsync(SessionErrors.TokenInvalid, () =>
            ExchangeAsync(subject.Id, ["openid"], grant => grant with { NotAfter = end - s_lifetime })
        );
    }

    [Fact]
    public async Task There_is_none_for_a_family_that_was_revoked_or_whose_client_has_gone_or_for_a_level_that_was_not_proved()
    {
        var (revoked, orphan, weak) = (
            await NewFamilyAsync(_first, ["openid"]),
            await NewFamilyAsync(await NewClientAsync(), ["openid"]),
            await NewFamilyAsync(_first, ["openid"])
        );
        await Family(revoked.Id).RevokeAsync();
        await Clients.DeleteAsync(Caller.InCluster, orphan.Grant.ClientId);

        await FailsAsync(SessionErrors.TokenInvalid, () => ExchangeAsync(revoked.Id, ["openid"]));
        await FailsAsync(SessionErrors.TokenInvalid, () => ExchangeAsync(orphan.Id, ["openid"]));
        await FailsAsync(SessionErrors.TokenInvalid, () => ExchangeAsync(RandomText.NewId(), ["openid"]));
        foreach (
            var (level, refusal) in new[]
            {
                (AuthenticationContext.Aal2, SessionErrors.LinkSecondFactorMissing),
                (AuthenticationContext.PhishingResistant, SessionErrors.LinkPasskeyMissing),
                (AuthenticationContext.Aal3, SessionErrors.LinkHardwareKeyMissing),
            }
        )
        {
            await FailsAsync(refusal, () => ExchangeAsync(weak.Id, ["openid"], grant => grant with { MinimumAcr = level }));
        }
    }

    [Fact]
    public async Task Nobody_acts_whose_own_login_does_not_stand_any_more()
    {
        var (subject, actor) = (await NewFamilyAsync(_first, ["openid"]), await NewFamilyAsync(_first, ["openid"]));
        Task<(TokenGrant Granted, NewTokens Tokens)> ActAsync() =>
            ExchangeAsync(subject.Id, ["openid"], grant => grant with { ActorAuthorizationId = actor.Id, Actors = [actor.Grant.UserId] });
        Assert.Equal([actor.Grant.UserId], (await ActAsync()).Granted.Actors);

        await cluster.User(actor.Grant.UserId).DeactivateAsync(Caller.InCluster);

        await Assert.ThrowsAsync<SessionException>(ActAsync);
    }

    private IOidcClientsGrain Clients => cluster.Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);

    private ITokenFamilyGrain Family(string id) => cluster.Grains.GetGrain<ITokenFamilyGrain>(GrainKeys.Authorization(id));

    private Task<OidcClient> NewClientAsync() =>
        Clients.CreateAsync(Caller.InCluster, new OidcClient { Id = NewName("client"), RedirectUris = ["https://shop.example/"] });

    /// <summary>Exchanges a token of this family at the second client.</summary>
    private async Task<(TokenGrant Granted, NewTokens Tokens)> ExchangeAsync(
        string subject,
        ImmutableArray<string> scopes,
        Func<DirectGrant, DirectGrant>? with = null
    )
    {
        var grant = new DirectGrant
        {
            ClientId = _second.Id,
            ClientRegisteredAt = _second.CreatedAt,
            Issuer = "https://id.example.com",
            Scopes = scopes,
            SubjectAuthorizationId = subject,
        };
        var id = RandomText.NewId();
        var tokens = Tokens(id);
        return (await Family(id).IssueAsync(with?.Invoke(grant) ?? grant, tokens), tokens);
    }

    /// <summary>The family of a login of a new person with a password.</summary>
    private async Task<(string Id, TokenGrant Grant)> NewFamilyAsync(OidcClient client, ImmutableArray<string> scopes)
    {
        var (session, token) = await cluster.LogInAsync(await cluster.NewHumanAsync());
        var id = RandomText.NewId();
        var request = cluster.Grains.GetGrain<IAuthorizationRequestGrain>(GrainKeys.Authorization(id));
        await request.StartAsync(
            new AuthorizationRequest
            {
                ClientId = client.Id,
                ClientRegisteredAt = client.CreatedAt,
                Issuer = "https://id.example.com",
                RedirectUri = "https://shop.example/",
                Scopes = scopes,
            }
        );
        var code = OidcTokens.Create(OidcTokens.Code, id);
        await request.CompleteAsync(
            new RequestCompletion
            {
                Caller = Caller.InCluster,
                SessionId = session,
                SessionToken = token,
                Code = code,
            }
        );
        return (id, await Family(id).RedeemCodeAsync(code, Tokens(id)));
    }

    private static NewTokens Tokens(string family)
    {
        var id = RandomText.NewId();
        return new NewTokens
        {
            AccessTokenId = id,
            AccessToken = OidcTokens.CreateAccess(family, id, sessionId: null),
            AccessTokenLifetime = s_lifetime,
        };
    }
}
