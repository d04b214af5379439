using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Orleans.Sessions.Audit;
using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Authorizations;
using Orleans.Sessions.Oidc.Clients;
using Orleans.Sessions.Organizations;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Saml.Requests;
using Orleans.Sessions.Saml.ServiceProviders;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Tests.Audit;

/// <summary>The events for changes of sessions, authorizations, registries, keys and settings.</summary>
public sealed class OtherTrailsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionRecord s_session = new()
    {
        Id = "s",
        UserId = "u",
        OrganizationId = "o",
    };
    private static readonly AuthorizationRecord s_authorization = new()
    {
        ClientId = "web",
        Issuer = "https://id.example.com",
        Scopes = ["openid"],
        CreatedAt = s_now,
        ExpiresAt = s_now.AddDays(1),
    };

    private static readonly SessionLogin s_login = new()
    {
        UserId = "u",
        OrganizationId = "o",
        SessionId = "s",
    };

    private static readonly Dictionary<AuditKind, SessionRecord> s_factors = new()
    {
        [AuditKinds.LoginPassword] = s_session.Proved(ProvedFactor.Password, s_now),
        [AuditKinds.LoginWebAuthn] = s_session.Proved(ProvedFactor.WebAuthn, s_now, userVerified: true),
        [AuditKinds.LoginTotp] = s_session.Proved(ProvedFactor.Totp, s_now),
        [AuditKinds.LoginOtpSms] = s_session.Proved(ProvedFactor.OtpSms, s_now),
        [AuditKinds.LoginOtpEmail] = s_session.Proved(ProvedFactor.OtpEmail, s_now),
        [AuditKinds.LoginRecoveryCode] = s_session.Proved(ProvedFactor.RecoveryCode, s_now),
        [AuditKinds.LoginIdentityProvider] = s_session.Proved(ProvedFactor.Intent, s_now),
    };

    public static TheoryData<AuditKind> Factors => [.. s_factors.Keys];

    [Theory]
    [Asvs("16.3.1")]
    [MemberData(nameof(Factors))]
    public void Each_factor_of_a_session_is_told_when_it_is_proved_and_not_again(AuditKind kind)
    {
        var proved = s_factors[kind];
        foreach (var before in new[] { null, s_session })
        {
            var login = Assert.Single(SessionTrail.Of(new("s-s", before, proved, null)));
            Assert.Equal((kind, "u", "s"), (login.Kind, login.TargetId, login.SessionId));
        }

        Assert.Empty(SessionTrail.Of(new("s-s", proved, proved with { ChangedAt = s_now }, null)));
    }

    [Fact]
    public void An_authorization_is_told_from_the_login_to_the_revocation()
    {
        var granted = s_authorization with { CompletedAt = s_now, Login = s_login };
        var redeemed = granted with { CodeUsedAt = s_now, AccessTokens = [Token("1")], RefreshHash = [1] };
        var refreshed = redeemed with { AccessTokens = [Token("1"), Token("2")], RefreshHash = [2] };
        var oneRevoked = refreshed with { AccessTokens = [Token("2")] };

        Assert.Empty(Of(null, s_authorization));
        Assert.Equal((AuditKinds.AuthorizationGranted, "openid"), One(s_authorization, granted));
        Assert.Equal((AuditKinds.TokenIssued, "1"), One(granted, redeemed));
        Assert.Equal((AuditKinds.TokenRefreshed, "2"), One(redeemed, refreshed));
        Assert.Equal((AuditKinds.TokenRevoked, "1"), One(refreshed, oneRevoked));
        var revoked = Assert.Single(Of(oneRevoked, oneRevoked with { RevokedAt = s_now }, "reused"));
        Assert.Equal(
            (AuditKinds.AuthorizationRevoked, "reused", "web", "s", "u"),
            (revoked.Kind, revoked.Reason, revoked.ClientId, revoked.SessionId, revoked.TargetId)
        );
    }

    [Fact]
    public void A_token_that_another_one_pushes_out_is_told_and_an_expired_one_is_not()
    {
        var redeemed = s_authorization with
        {
            CompletedAt = s_now,
            Login = s_login,
            AccessTokens = [Token("1"), Token("2")],
            RefreshHash = [1],
        };
        Assert.Equal(
            [(AuditKinds.TokenRefreshed, "3", null), (AuditKinds.TokenRevoked, "1", "limit")],
            Of(redeemed, redeemed with { AccessTokens = [Token("2"), Token("3")] }).Select(one => (one.Kind, one.Detail, one.Reason))
        );

        var late = Token("4") with { IssuedAt = s_now.AddHours(1), ExpiresAt = s_now.AddHours(2) };
        Assert.Equal((AuditKinds.TokenRefreshed, "4"), One(redeemed, redeemed with { AccessTokens = [late] }));
    }

    [Fact]
    public void A_direct_grant_is_one_event_and_a_refusal_is_one()
    {
        Assert.Equal(
            (AuditKinds.TokenIssued, "1"),
            One(null, s_authorization with { CompletedAt = s_now, Login = s_login, AccessTokens = [Token("1")] })
        );
        var denied = Assert.Single(
            Of(s_authorization, s_authorization with { CompletedAt = s_now, Failure = new LoginFailure("access_denied") })
        );
        Assert.Equal((AuditKinds.AuthorizationDenied, AuditOutcome.Refused, "access_denied"), (denied.Kind, denied.Outcome, denied.Reason));
    }

    [Fact]
    public void Registries_tell_what_came_changed_and_went()
    {
        var (one, two) = (new OidcClient { Id = "1", SecretHash = [1] }, new OidcClient { Id = "2" });
        var before = new ClientsRecord { Clients = Dictionary(one, two) };
        Assert.Equal(
            [(AuditKinds.ClientCreated, "1"), (AuditKinds.ClientCreated, "2")],
            Told(ClientsTrail.Of(new("k", null, before, null)))
        );
        Assert.Equal(
            [(AuditKinds.ClientChanged, "1")],
            Told(ClientsTrail.Of(new("k", before, new() { Clients = Dictionary(one with { Name = "x" }, two) }, null)))
        );
        Assert.Equal(
            [(AuditKinds.ClientChanged, "1"), (AuditKinds.ClientSecretSet, "1"), (AuditKinds.ClientDeleted, "2")],
            Told(ClientsTrail.Of(new("k", before, new() { Clients = Dictionary(one with { SecretHash = [2] }) }, null)))
        );

        var provider = new StoredProvider
        {
            Id = "p",
            Settings = new ProviderSettings
            {
                Name = "P",
                Issuer = "https://p.example",
                ClientId = "c",
            },
        };
        var providers = new ProvidersRecord { Providers = [provider] };
        Assert.Equal(
            [(AuditKinds.ProviderCreated, "p")],
            Told(ProvidersTrail.Of(new StateChange<ProvidersRecord>("k", null, providers, null)))
        );
        Assert.Equal(
            [(AuditKinds.ProviderChanged, "p")],
            Told(
                ProvidersTrail.Of(
                    new StateChange<ProvidersRecord>("k", providers, new() { Providers = [provider with { Sequence = 2 }] }, null)
                )
            )
        );
        Assert.Equal(
            [(AuditKinds.ProviderDeleted, "p")],
            Told(ProvidersTrail.Of(new StateChange<ProvidersRecord>("k", providers, new(), null)))
        );

        var application = new ServiceProvider { Id = "a" };
        var applications = new ServiceProvidersRecord
        {
            ServiceProviders = new Dictionary<string, ServiceProvider> { ["a"] = application }.ToImmutableSortedDictionary(),
        };
        var changed = new ServiceProvidersRecord
        {
            ServiceProviders = applications.ServiceProviders.SetItem("a", application with { Name = "x" }),
        };
        Assert.Equal(
            [(AuditKinds.ServiceProviderCreated, "a")],
            Told(SamlTrail.Of(new StateChange<ServiceProvidersRecord>("k", null, applications, null)))
        );
        Assert.Equal(
            [(AuditKinds.ServiceProviderChanged, "a")],
            Told(SamlTrail.Of(new StateChange<ServiceProvidersRecord>("k", applications, changed, null)))
        );
        var copy = new MetadataCopy { FetchedAt = s_now, DueAt = s_now };
        var readAgain = new ServiceProvidersRecord
        {
            ServiceProviders = applications.ServiceProviders.SetItem("a", application with { MetadataCopy = copy }),
        };
        Assert.Empty(Told(SamlTrail.Of(new StateChange<ServiceProvidersRecord>("k", applications, readAgain, null))));
        Assert.Equal(
            [(AuditKinds.ServiceProviderDeleted, "a")],
            Told(SamlTrail.Of(new StateChange<ServiceProvidersRecord>("k", applications, new(), null)))
        );

        var organizations = new OrganizationsRecord { Organizations = [new StoredOrganization("org", "Org", s_now)] };
        var change = new StateChange<OrganizationsRecord>("k", new(), organizations, null);
        Assert.Equal([(AuditKinds.OrganizationCreated, "org")], Told(OrganizationsTrail.Of(change)));
    }

    [Fact]
    public void Keys_are_told_by_their_ids_only()
    {
        var first = new SigningKeysRecord { Keys = [new StoredSigningKey("k1", [1, 2, 3], s_now)], EncryptionKey = [4] };
        var second = first with { Keys = [new StoredSigningKey("k2", [5], s_now)] };

        Assert.Equal([(AuditKinds.SigningKeyCreated, "k1")], Told(SigningKeysTrail.Of(new(GrainKeys.SigningKeys, null, first, null))));
        Assert.Equal(
            [(AuditKinds.SigningKeyCreated, "k2"), (AuditKinds.SigningKeyRemoved, "k1")],
            Told(SigningKeysTrail.Of(new(GrainKeys.SamlCertificates, first, second, null)))
        );
    }

    [Fact]
    public void Logins_at_providers_and_at_service_providers_are_told()
    {
        var intent = new IntentRecord
        {
            Id = "i",
            ProviderId = "p",
            SuccessUrl = "https://s",
            FailureUrl = "https://f",
            CallbackUrl = "https://c",
        };
        Assert.Empty(ProvidersTrail.Of(new StateChange<IntentRecord>("k", null, intent, null)));
        var proved = Assert.Single(
            ProvidersTrail.Of(
                new StateChange<IntentRecord>(
                    "k",
                    intent,
                    intent with
                    {
                        State = IntentState.Succeeded,
                        UserId = "u",
                        ExternalId = "x",
                    },
                    null
                )
            )
        );
        Assert.Equal(
            (AuditKinds.ProviderLogin, AuditOutcome.Success, "user", "u"),
            (proved.Kind, proved.Outcome, proved.TargetKind, proved.TargetId)
        );
        var failed = Assert.Single(
            ProvidersTrail.Of(new StateChange<IntentRecord>("k", intent, intent with { State = IntentState.Failed, Failure = "ERR" }, null))
        );
        Assert.Equal((AuditOutcome.Failure, "ERR", "p"), (failed.Outcome, failed.Reason, failed.TargetId));

        var request = new SamlRequestRecord
        {
            Request = new SamlRequest
            {
                EntityId = "https://wiki",
                RequestId = "r",
                Origin = "https://id",
                AssertionConsumer = "https://wiki/acs",
                Binding = "b",
                NameIdFormat = "f",
            },
            CreatedAt = s_now,
            ExpiresAt = s_now,
            StartedBy = "x",
        };
        var told = Assert.Single(
            SamlTrail.Of(new StateChange<SamlRequestRecord>("k", request, request with { CompletedAt = s_now, Login = s_login }, null))
        );
        Assert.Equal((AuditKinds.SamlLogin, "u", "s", "https://wiki"), (told.Kind, told.TargetId, told.SessionId, told.Detail));
        var refused = Assert.Single(
            SamlTrail.Of(
                new StateChange<SamlRequestRecord>("k", request, request with { CompletedAt = s_now, Failure = new("denied") }, null)
            )
        );
        Assert.Equal((AuditOutcome.Refused, "denied"), (refused.Outcome, refused.Reason));
    }

    [Fact]
    public void Settings_are_told_without_what_may_be_a_secret()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Sessions:Lockout:MaxPasswordAttempts"] = "3",
                    ["Sessions:MasterKey"] = "SECRET",
                    ["Sessions:Notifications:Smtp:Password"] = "SECRET",
                    ["Sessions:Oidc:Clients:0:Secret"] = "SECRET",
                    ["Sessions:Role"] = "all",
                    ["ConnectionStrings:Sessions"] = "SECRET",
                }
            )
            .Build();

        Assert.Equal(
            "Lockout:MaxPasswordAttempts=3; MasterKey is set; Notifications:Smtp:Password is set; Oidc:Clients:0:Secret is set; Role=all",
            ConfigurationTrail.Describe(configuration)
        );
        Assert.True(AuditKinds.All.ContainsKey(AuditKinds.ConfigurationLoaded.Name));
    }

    private static StoredOidcToken Token(string id) => new(id, s_now, s_now.AddHours(1));

    private static IEnumerable<AuditEvent> Of(AuthorizationRecord? before, AuthorizationRecord after, string? reason = null) =>
        AuthorizationTrail.Of(new("a-a", before, after, reason));

    private static (AuditKind Kind, string? Detail) One(AuthorizationRecord? before, AuthorizationRecord after)
    {
        var one = Assert.Single(Of(before, after));
        return (one.Kind, one.Detail);
    }

    private static IEnumerable<(AuditKind Kind, string Id)> Told(IEnumerable<AuditEvent> events) =>
        events.Select(one => (one.Kind, one.TargetId!));

    private static ImmutableSortedDictionary<string, OidcClient> Dictionary(params OidcClient[] clients) =>
        clients.ToImmutableSortedDictionary(client => client.Id, client => client);
}
