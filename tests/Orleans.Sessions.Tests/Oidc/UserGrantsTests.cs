using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>The list of what applications hold for a person, found in a real database.</summary>
[Collection(nameof(StoredCluster))]
public sealed class UserGrantsTests(StoredCluster cluster)
{
    private IOidcClientsGrain Clients => cluster.Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);

    [Fact]
    public async Task What_a_client_held_is_not_shown_once_its_id_is_registered_again()
    {
        var login = await LogInAsync();
        var client = await RegisterAsync(RandomText.NewId());
        await GrantAsync(client, login);
        Assert.Single((await Grants(login).ListAsync(Caller.InCluster, new UserGrantQuery())).Grants);

        await Clients.DeleteAsync(Caller.InCluster, client.Id);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await RegisterAsync(client.Id);

        Assert.Empty((await Grants(login).ListAsync(Caller.InCluster, new UserGrantQuery())).Grants);
    }

    [Fact]
    public async Task All_that_a_client_holds_is_revoked_if_it_is_more_than_a_page()
    {
        const int many = UserGrantQuery.MaxLimit + 1;
        var login = await LogInAsync();
        var client = await RegisterAsync(RandomText.NewId());
        await Task.WhenAll(Enumerable.Range(0, many).Select(_ => GrantAsync(client, login)));

        Assert.Equal(many, await Grants(login).RevokeAsync(Caller.InCluster, new UserGrantSelection.Client(client.Id)));

        Assert.Equal(0, await Grants(login).RevokeAsync(Caller.InCluster, new UserGrantSelection.Client(client.Id)));
    }

    private Task<OidcClient> RegisterAsync(string id) =>
        Clients.CreateAsync(Caller.InCluster, new OidcClient { Id = id, RedirectUris = ["https://shop.example/"] });

    private async Task<Login> LogInAsync()
    {
        var user = await cluster.NewUserAsync();
        var (session, token) = await cluster.NewSessionAsync(create =>
            create with
            {
                Checks = new Checks
                {
                    User = new UserCheck { UserId = user },
                    Password = StoredCluster.Password,
                },
            }
        );
        return new Login(user, session, token);
    }

    private async Task GrantAsync(OidcClient client, Login login)
    {
        var id = RandomText.NewId();
        var request = cluster.Grains.GetGrain<IAuthorizationRequestGrain>(GrainKeys.Authorization(id));
        await request.StartAsync(
            new AuthorizationRequest
            {
                ClientId = client.Id,
                ClientRegisteredAt = client.CreatedAt,
                Issuer = "https://id.example.com",
                RedirectUri = client.RedirectUris[0],
                Scopes = ["openid"],
            }
        );
        await request.CompleteAsync(
            new RequestCompletion
            {
                Caller = Caller.InCluster,
                SessionId = login.Session,
                SessionToken = login.Token,
                Code = OidcTokens.Create(OidcTokens.Code, id),
            }
        );
    }

    private IUserGrantsGrain Grants(Login login) => cluster.Grains.GetGrain<IUserGrantsGrain>(GrainKeys.User(login.User));

    private sealed record Login(string User, string Session, string Token);
}
