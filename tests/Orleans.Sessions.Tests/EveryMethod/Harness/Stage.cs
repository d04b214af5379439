using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Hosting;
using Orleans.Sessions.Gateway;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.EveryMethod.Harness;

/// <summary>The gateway on a real port, grains with a clock that the test moves, and the users of the test.</summary>
public sealed class Stage : IAsyncLifetime
{
    private const string Elsewhere = "org-2";
    private const string ClientId = "every-method";
    private static readonly TimeSpan s_longAgo = TimeSpan.FromMinutes(11);

    private readonly LenientCluster _cluster = new();
    private readonly Dictionary<CallerKind, Acting> _others = [];
    private WebApplication? _app;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _cluster.InitializeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        // Orleans' own services. The cluster behind them is the one in this process.
        builder.Services.AddOrleansClient(client => client.UseLocalhostClustering());
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.Replace(ServiceDescriptor.Singleton(_cluster.Grains));
        builder.Services.AddSingleton<TimeProvider>(_cluster.Clock);
        builder.Services.AddSingleton(new SecretProtector(new byte[SecretProtector.KeyBytes]));
        builder.Configuration["Sessions:Limits:Enabled"] = "false";
        builder.Services.AddSessionsGateway(builder.Configuration);
        _app = builder.Build();
        _app.MapSessionsGateway();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Address = new Uri(_app.Urls.First());

        await _cluster
            .Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients)
            .CreateAsync(
                Caller.InCluster,
                new OidcClient
                {
                    Id = ClientId,
                    RedirectUris = ["https://app.example/"],
                    Scopes = [OidcScopes.ApiAudience],
                }
            );
        _others[CallerKind.Nobody] = new Acting(CallerKind.Nobody, null, (_, _) => false);
        var stranger = await NewTargetAsync(TargetKind.Person);
        _others[CallerKind.Stranger] = new Acting(CallerKind.Stranger, await LogInAsync(stranger), (_, _) => false);
        await AddServiceAsync(CallerKind.Manager, SessionCluster.OrganizationId, "ORG_USER_MANAGER");
        await AddServiceAsync(CallerKind.OrganizationOwner, SessionCluster.OrganizationId, "ORG_OWNER");
        await AddServiceAsync(CallerKind.OwnerElsewhere, Elsewhere, "ORG_OWNER");
        await AddServiceAsync(CallerKind.InstanceManager, null, "IAM_USER_MANAGER");
        await AddServiceAsync(CallerKind.LoginClient, null, "IAM_LOGIN_CLIENT");
        await AddServiceAsync(CallerKind.InstanceOwner, null, "IAM_OWNER");
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await _cluster.DisposeAsync();
    }

    /// <summary>The grains behind the gateway.</summary>
    public IGrainFactory Grains => _cluster.Grains;

    /// <summary>The clock of the gateway and of the grains.</summary>
    public FakeTimeProvider Clock => _cluster.Clock;

    /// <summary>All stored data of a user.</summary>
    public string? Stored(Target target) => _cluster.Store.UserJson(target.Id) + _cluster.Store.SessionJson(target.SessionId);

    /// <summary>A user of this kind with credentials, contacts and a session.</summary>
    public async Task<Target> NewTargetAsync(TargetKind kind)
    {
        var id = SessionCluster.NewName("target");
        var organization = kind == TargetKind.PersonElsewhere ? Elsewhere : SessionCluster.OrganizationId;
        var isService = kind is TargetKind.Service or TargetKind.LoginClient or TargetKind.OwningService;
        var user = _cluster.User(id);
        var command = isService
            ? new CreateUser
            {
                Caller = Caller.InCluster,
                OrganizationId = organization,
                Machine = new MachineProfile(id),
            }
            : SessionCluster.NewHuman(id, human =>
                human with
                {
                    Phone = new PhoneNumber("+41791234567", IsVerified: true),
                    Password = null,
                }
            );
        await user.CreateAsync(command with { OrganizationId = organization });
        if (isService)
        {
            await user.AddPersonalAccessTokenAsync(Caller.InCluster, PersonalAccessToken.Create(id, "1"), null);
        }

        var (resource, role) = kind switch
        {
            TargetKind.Manager => (organization, "ORG_USER_MANAGER"),
            TargetKind.OrganizationOwner => (organization, "ORG_OWNER"),
            TargetKind.InstanceOwner or TargetKind.OwningService => (null, "IAM_OWNER"),
            TargetKind.LoginClient => (null, "IAM_LOGIN_CLIENT"),
            _ => (null, (string?)null),
        };
        if (role is not null)
        {
            await user.AddAdministratorAsync(Caller.InCluster, resource, [role]);
        }

        var session = SessionCluster.NewName("session");
        await _cluster
            .Session(session)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { User = new UserCheck { UserId = id } },
                    Token = SessionToken.Create(session),
                }
            );
        return new Target(kind, id, organization, session);
    }

    /// <summary>The caller of this kind; it may be the target itself.</summary>
    public async Task<Acting> CallerAsync(CallerKind kind, Target target)
    {
        if (_others.TryGetValue(kind, out var other))
        {
            return other;
        }

        var caller = await _cluster.User(target.Id).AsCallerAsync();
        var session = await LogInAsync(target);
        var token = kind is CallerKind.Self or CallerKind.SelfLongAgo ? session : await AccessTokenAsync(session);
        if (kind is CallerKind.SelfLongAgo or CallerKind.SelfByAccessTokenLongAgo)
        {
            _cluster.Clock.Advance(s_longAgo);
        }

        return new Acting(kind, token, caller.May);
    }

    private async Task AddServiceAsync(CallerKind kind, string? organization, string role)
    {
        var id = await _cluster.NewMachineAsync();
        var token = PersonalAccessToken.Create(id, "1");
        await _cluster.User(id).AddPersonalAccessTokenAsync(Caller.InCluster, token, null);
        await _cluster.User(id).AddAdministratorAsync(Caller.InCluster, organization, [role]);
        var caller = await _cluster.User(id).AsCallerAsync();
        _others[kind] = new Acting(kind, token, caller.May);
    }

    /// <summary>A session in which the user has proved a recovery code, the cheapest factor.</summary>
    private async Task<string> LogInAsync(Target target)
    {
        var codes = await _cluster.User(target.Id).GenerateRecoveryCodesAsync(Caller.InCluster, 1);
        var session = SessionCluster.NewName("session");
        var token = SessionToken.Create(session);
        await _cluster
            .Session(session)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks
                    {
                        User = new UserCheck { UserId = target.Id },
                        RecoveryCode = codes.Codes[0],
                    },
                    Token = token,
                }
            );
        return token;
    }

    private async Task<string> AccessTokenAsync(string sessionToken)
    {
        Assert.True(SessionToken.TryGetSessionId(sessionToken, out var sessionId));
        var (id, tokenId) = (SessionCluster.NewName("authorization"), RandomText.NewId());
        var token = OidcTokens.CreateAccess(id, tokenId, sessionId);
        var registered = await _cluster.Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients).FindAsync(ClientId);
        await _cluster
            .Grains.GetGrain<ITokenFamilyGrain>(GrainKeys.Authorization(id))
            .IssueAsync(
                new DirectGrant
                {
                    ClientId = ClientId,
                    Issuer = "https://sessions.example",
                    Scopes = [OidcScopes.ApiAudience],
                    SessionId = sessionId,
                    SessionToken = sessionToken,
                    ClientRegisteredAt = registered?.CreatedAt,
                },
                new NewTokens
                {
                    AccessTokenId = tokenId,
                    AccessToken = token,
                    AccessTokenLifetime = TimeSpan.FromHours(12),
                }
            );
        return token;
    }
}
