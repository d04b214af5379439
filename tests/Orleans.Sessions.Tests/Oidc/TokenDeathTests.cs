using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>
/// Tokens of a login end with the credential that the login used. This holds for access and refresh tokens, opaque or JWT, at every
/// endpoint.
/// </summary>
[Collection(nameof(LenientCluster))]
public sealed class TokenDeathTests(LenientCluster cluster) : IAsyncLifetime
{
    private const string Another = "Another-Horse-8";
    private static readonly byte[] s_secret = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

    private OidcClient? _client;

    public static TheoryData<string> Losses =>
        [
            "reset by code",
            "own change",
            "reset by an administrator",
            "app",
            "key",
            "phone factor",
            "phone",
            "phone number",
            "e-mail factor",
            "e-mail address",
            "recovery codes",
        ];

    /// <summary>Registers the client, because only requests of registered clients can be completed.</summary>
    public async ValueTask InitializeAsync() =>
        _client = await cluster
            .Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients)
            .CreateAsync(Caller.InCluster, new OidcClient { Id = "dying", RedirectUris = ["https://shop.example/"] });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Tokens_die_with_any_of_the_credentials_that_their_login_rested_on(string loss)
    {
        var person = await NewPersonAsync();
        var (with, other) = (
            await NewTokensAsync(person, WithFactor(person, loss)),
            await NewTokensAsync(person, WithoutFactor(person, loss))
        );
        await AssertAliveAsync(with);
        await AssertAliveAsync(other);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        await LoseAsync(person, loss);

        await AssertDeadAsync(with);
        if (loss.StartsWith("reset", StringComparison.Ordinal))
        {
            await AssertDeadAsync(other);
        }
        else
        {
            await AssertAliveAsync(other);
        }
    }

    [Fact]
    public async Task A_code_that_was_not_redeemed_yet_is_dead_too()
    {
        var person = await NewPersonAsync();
        var (family, code, _) = await NewCodeAsync(person, WithFactor(person, "app"));

        await LoseAsync(person, "app");

        await FailsAsync(SessionErrors.GrantSessionEnded, () => Family(family).RedeemCodeAsync(code, Tokens(family, isOpaque: true)));
    }

    [Fact]
    public async Task To_prove_the_new_credential_in_the_same_session_brings_no_token_back()
    {
        var person = await NewPersonAsync();
        var tokens = await NewTokensAsync(person, WithFactor(person, "own change"));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await LoseAsync(person, "own change");

        await cluster
            .Session(tokens.Session)
            .SetAsync(
                new SetSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { Password = Another },
                }
            );

        await AssertDeadAsync(tokens);
        await AssertAliveAsync(await NewTokensAsync(person, new Checks { Password = Another }));
    }

    [Fact]
    public async Task What_is_proved_at_the_very_moment_of_a_loss_and_after_it_counts()
    {
        var person = await NewPersonAsync();
        await LoseAsync(person, "reset by code");

        var (session, token) = await NewSessionAsync(person, new Checks { Password = Another, Totp = Code });

        Assert.Equal(person.Id, (await cluster.Session(session).AuthenticateAsync(token)).UserId);
    }

    /// <summary>Whoever has stolen a token does not get what the person proves afterwards in the same session (RFC 9470).</summary>
    [Fact]
    public async Task A_token_is_as_fresh_as_the_login_that_it_was_made_for()
    {
        var person = await NewPersonAsync();
        var tokens = await NewTokensAsync(person, WithFactor(person, "recovery codes"));
        cluster.Clock.Advance(TimeSpan.FromMinutes(11));
        await cluster
            .Session(tokens.Session)
            .SetAsync(
                new SetSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { Totp = Code },
                }
            );

        foreach (var access in tokens.Access)
        {
            Assert.Equal(TimeSpan.FromMinutes(11), cluster.Clock.GetUtcNow() - (await AskSessionAsync(tokens, access)).ProvedAt);
        }
    }

    [Fact]
    public async Task Tokens_of_a_key_die_with_that_key_and_with_no_other()
    {
        var person = await NewPersonAsync();
        using var second = new SoftwareKey();
        var secondId = await cluster.EnrolAsync(person.Id, second);
        var tokens = await NewTokensAsync(person, WithFactor(person, "key"));

        await cluster.Keys(person.Id).RemoveAsync(Caller.InCluster, WebAuthnKind.Passkey, secondId);

        await AssertAliveAsync(tokens);
    }

    [Fact]
    public async Task Tokens_of_a_service_account_die_with_the_secret_or_key_that_it_used()
    {
        var id = await cluster.NewMachineAsync();
        using var rsa = RSA.Create(2048);
        await cluster.User(id).AddSecretAsync(Caller.InCluster, [.. TokenHash.Of("secret")]);
        await cluster
            .User(id)
            .AddKeyAsync(Caller.InCluster, "1", [.. rsa.ExportSubjectPublicKeyInfo()], cluster.Clock.GetUtcNow().AddDays(10));
        var (bySecret, byKey) = (await IssueAsync(MachineCredentials.Secret), await IssueAsync(MachineCredentials.Key("1")));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        await cluster.User(id).AddSecretAsync(Caller.InCluster, [.. TokenHash.Of("another")]);
        await FailsAsync(SessionErrors.TokenInvalid, () => AuthenticateAsync(bySecret));
        await AuthenticateAsync(byKey);

        await cluster.User(id).RemoveKeyAsync(Caller.InCluster, "1");
        await FailsAsync(SessionErrors.TokenInvalid, () => AuthenticateAsync(byKey));

        async Task<(string Family, NewTokens Tokens)> IssueAsync(string credential)
        {
            var family = RandomText.NewId();
            var tokens = Tokens(family, isOpaque: true) with { RefreshSecret = null };
            await Family(family)
                .IssueAsync(
                    new DirectGrant
                    {
                        ClientId = id,
                        Issuer = "https://id.example.com",
                        Scopes = [],
                        UserId = id,
                        Credential = credential,
                    },
                    tokens
                );
            return (family, tokens);
        }

        Task<TokenGrant> AuthenticateAsync((string Family, NewTokens Tokens) issued) =>
            Family(issued.Family).AuthenticateAsync(issued.Tokens.AccessTokenId, issued.Tokens.AccessToken);
    }

    [Fact]
    public async Task A_session_shows_what_stands_wherever_it_is_looked_at()
    {
        var person = await NewPersonAsync();
        var (session, token) = await NewSessionAsync(person, new Checks { Password = Password, Totp = Code });
        Assert.NotNull((await cluster.Session(session).GetAsync(Caller.InCluster, token)).Factors!.Totp);

        await LoseAsync(person, "app");

        var view = await cluster.Session(session).GetAsync(Caller.InCluster, token);
        Assert.Equal((true, null), (view.Factors!.Password is not null, view.Factors.Totp));
        Assert.Null(cluster.Store.Session(session)!.ProvedAt(ProvedFactor.Totp));
        Assert.Equal(view.Sequence, cluster.Store.Session(session)!.Sequence);
    }

    private async Task LoseAsync(Person person, string loss)
    {
        var user = cluster.User(person.Id);
        await (
            loss switch
            {
                "reset by code" => ResetByCodeAsync(),
                "own change" => user.SetPasswordAsync(CallerWith() with { UserId = person.Id }, Change() with { Current = Password }),
                "reset by an administrator" => user.SetPasswordAsync(Caller.InCluster, Change()),
                "app" => user.RemoveTotpAsync(Caller.InCluster),
                "key" => cluster.Keys(person.Id).RemoveAsync(Caller.InCluster, WebAuthnKind.Passkey, person.KeyId),
                "phone factor" => user.RemoveOtpAsync(Caller.InCluster, OtpChannel.Sms),
                "phone" => user.RemovePhoneAsync(Caller.InCluster),
                "phone number" => user.UpdateAsync(
                    new UpdateUser { Caller = Caller.InCluster, Phone = new PhoneNumber("+41791112244", IsVerified: true) }
                ),
                "e-mail factor" => user.RemoveOtpAsync(Caller.InCluster, OtpChannel.Email),
                "e-mail address" => user.SetEmailAsync(
                    Caller.InCluster,
                    new EmailAddress($"{person.Id}@elsewhere.example", IsVerified: true),
                    null
                ),
                _ => (Task)user.RemoveRecoveryCodesAsync(Caller.InCluster),
            }
        );

        PasswordChange Change() => new() { New = new NewPassword { Password = Another } };

        async Task ResetByCodeAsync()
        {
            var issued = await user.RequestPasswordResetAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return), OtpChannel.Email);
            await user.SetPasswordAsync(Caller.InCluster, Change() with { VerificationCode = issued.Code });
        }
    }

    /// <summary>A login with two factors that uses the credential to be removed.</summary>
    private Login WithFactor(Person person, string loss) =>
        loss switch
        {
            "key" => new(new Checks { Password = Password }, person.Key),
            "phone factor" or "phone" or "phone number" => new(new Checks { Password = Password }, Sms: true),
            "e-mail factor" or "e-mail address" => new(new Checks { Password = Password }, Email: true),
            "recovery codes" => new(new Checks { Password = Password, RecoveryCode = person.RecoveryCode }),
            _ => new(new Checks { Password = Password, Totp = Code }),
        };

    /// <summary>A login with two factors that does not use the credential to be removed.</summary>
    private static Login WithoutFactor(Person person, string loss) =>
        loss switch
        {
            "key" => new(new Checks { Password = Password }, Sms: true),
            _ => new(new Checks(), person.Key),
        };

    private async Task AssertAliveAsync(Issued tokens)
    {
        foreach (var access in tokens.Access)
        {
            Assert.Equal(
                access.AccessTokenId,
                (await Family(tokens.Family).AuthenticateAsync(access.AccessTokenId, access.AccessToken)).TokenId
            );
            Assert.Equal(access.AccessTokenId, (await AskSessionAsync(tokens, access)).TokenId);
        }

        await Family(tokens.Family).PeekRefreshTokenAsync(tokens.Refresh, isUse: true);
    }

    private async Task AssertDeadAsync(Issued tokens)
    {
        foreach (var access in tokens.Access)
        {
            await FailsAsync(SessionErrors.TokenInvalid, () =>
                Family(tokens.Family).AuthenticateAsync(access.AccessTokenId, access.AccessToken)
            );
            await FailsAsync(SessionErrors.TokenInvalid, () => AskSessionAsync(tokens, access));
        }

        await FailsAsync(SessionErrors.GrantSessionEnded, () => Family(tokens.Family).PeekRefreshTokenAsync(tokens.Refresh, isUse: true));
        await FailsAsync(SessionErrors.GrantSessionEnded, () =>
            Family(tokens.Family).RefreshAsync(tokens.Refresh, Tokens(tokens.Family, isOpaque: true))
        );
    }

    private Task<TokenGrant> AskSessionAsync(Issued tokens, NewTokens access) =>
        cluster.Session(tokens.Session).AuthenticateAccessTokenAsync(tokens.Family, access.AccessTokenId, access.AccessToken);

    private ITokenFamilyGrain Family(string id) => cluster.Grains.GetGrain<ITokenFamilyGrain>(GrainKeys.Authorization(id));

    private Task<Issued> NewTokensAsync(Person person, Checks checks) => NewTokensAsync(person, new Login(checks));

    /// <summary>An opaque access token, a JWT access token, and a refresh token.</summary>
    private async Task<Issued> NewTokensAsync(Person person, Login login)
    {
        var (family, code, session) = await NewCodeAsync(person, login);
        var (opaque, jwt) = (Tokens(family, isOpaque: true), Tokens(family, isOpaque: false));
        var first = await Family(family).RedeemCodeAsync(code, opaque);
        var second = await Family(family).RefreshAsync(first.RefreshToken!, jwt);
        return new Issued(family, session, [opaque, jwt], second.RefreshToken!);
    }

    private async Task<(string Family, string Code, string Session)> NewCodeAsync(Person person, Login login)
    {
        var (session, token) = await NewSessionAsync(person, login.Checks);
        if (login.Key is { } key)
        {
            token = (await cluster.CheckAsync(session, key.Assert(await cluster.AskAsync(session)))).Token!;
        }

        if (login.Sms || login.Email)
        {
            var challenges = (
                await cluster
                    .Session(session)
                    .SetAsync(
                        new SetSession
                        {
                            Caller = Caller.InCluster,
                            Challenges = new RequestedChallenges
                            {
                                OtpSms = login.Sms ? new RequestedOtpSms(ReturnCode: true) : null,
                                OtpEmail = login.Email ? new RequestedOtpEmail(ReturnCode: true) : null,
                            },
                        }
                    )
            ).Challenges!;
            token = (
                await cluster
                    .Session(session)
                    .SetAsync(
                        new SetSession
                        {
                            Caller = Caller.InCluster,
                            Checks = new Checks { OtpSms = challenges.OtpSms, OtpEmail = challenges.OtpEmail },
                        }
                    )
            ).Token!;
        }

        var family = RandomText.NewId();
        var request = cluster.Grains.GetGrain<IAuthorizationRequestGrain>(GrainKeys.Authorization(family));
        await request.StartAsync(
            new AuthorizationRequest
            {
                ClientId = "dying",
                ClientRegisteredAt = _client!.CreatedAt,
                Issuer = "https://id.example.com",
                RedirectUri = "https://shop.example/",
                Scopes = ["openid", "offline_access"],
            }
        );
        var code = OidcTokens.Create(OidcTokens.Code, family);
        await request.CompleteAsync(
            new RequestCompletion
            {
                Caller = Caller.InCluster,
                SessionId = session,
                SessionToken = token,
                Code = code,
            }
        );
        return (family, code, session);
    }

    private async Task<(string Id, string Token)> NewSessionAsync(Person person, Checks checks)
    {
        var id = NewName("session");
        var token = SessionToken.Create(id);
        await cluster
            .Session(id)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = checks with { User = new UserCheck { UserId = person.Id } },
                    Token = token,
                }
            );
        return (id, token);
    }

    private async Task<Person> NewPersonAsync()
    {
        var id = await cluster.NewHumanAsync(human =>
            human with
            {
                TotpSecret = OtpNet.Base32Encoding.ToString(s_secret),
                Phone = new PhoneNumber("+41791112233", IsVerified: true),
            }
        );
        await cluster.User(id).AddOtpAsync(Caller.InCluster, OtpChannel.Sms);
        await cluster.User(id).AddOtpAsync(Caller.InCluster, OtpChannel.Email);
        var codes = await cluster.User(id).GenerateRecoveryCodesAsync(Caller.InCluster, 2);
        var key = new SoftwareKey();
        return new Person(id, key, await cluster.EnrolAsync(id, key), codes.Codes[0]);
    }

    private string Code => new OtpNet.Totp(s_secret).ComputeTotp(cluster.Clock.GetUtcNow().UtcDateTime);

    private static NewTokens Tokens(string family, bool isOpaque)
    {
        var id = RandomText.NewId();
        return new NewTokens
        {
            AccessTokenId = id,
            AccessToken = isOpaque ? OidcTokens.CreateAccess(family, id, sessionId: null) : null,
            AccessTokenLifetime = TimeSpan.FromHours(1),
            RefreshSecret = RandomText.NewSecret(),
            RefreshTokenIdle = TimeSpan.FromDays(1),
            RefreshTokenLifetime = TimeSpan.FromDays(2),
        };
    }

    private sealed record Login(Checks Checks, SoftwareKey? Key = null, bool Sms = false, bool Email = false);

    private sealed record Person(string Id, SoftwareKey Key, string KeyId, string RecoveryCode);

    private sealed record Issued(string Family, string Session, ImmutableArray<NewTokens> Access, string Refresh);
}
