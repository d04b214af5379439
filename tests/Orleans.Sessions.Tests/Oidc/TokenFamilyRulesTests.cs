using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Authorizations;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>The tokens of an authorization, as its record tells.</summary>
public sealed class TokenFamilyRulesTests
{
    private const string Id = "family";

    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly AuthorizationRecord s_record = new()
    {
        ClientId = "shop",
        Issuer = "https://id.example.com",
        Scopes = ["openid"],
        CreatedAt = s_now,
        ExpiresAt = s_now.AddHours(1),
        Login = new SessionLogin { UserId = "ada", SessionId = "s" },
    };

    [Fact]
    public void An_access_token_does_not_outlive_its_session_and_a_refresh_token_may()
    {
        var (record, access) = TokenFamilyRules.With(s_record, Id, Tokens("1"), s_now.AddMinutes(1), s_now);

        Assert.Equal(s_now.AddMinutes(1), access.ExpiresAt);
        Assert.Equal(s_now.AddDays(10), record.RefreshExpiresAt);
        Assert.Equal(s_now.AddDays(10), record.ExpiresAt);
        Assert.Equal(s_now.AddDays(10), TokenFamilyRules.EndOf(record));
        Assert.Equal(s_now.AddHours(12), TokenFamilyRules.With(s_record, Id, Tokens("1"), null, s_now).Access.ExpiresAt);
    }

    [Fact]
    public void A_token_is_only_for_the_resources_that_were_named()
    {
        var named = s_record with
        {
            Request = new AuthorizationRequest
            {
                ClientId = "shop",
                Issuer = "https://id.example.com",
                RedirectUri = "https://shop.example/",
                Scopes = ["openid"],
                Resources = ["https://a.example/", "https://b.example/"],
            },
        };
        var fewer = Tokens("1") with { Resources = ["https://b.example/"] };
        var (record, access) = TokenFamilyRules.With(named, Id, fewer, null, s_now);

        Assert.Equal(["https://b.example/"], TokenFamilyRules.Grant(record, Id, access).Audiences);
        var (_, all) = TokenFamilyRules.With(named, Id, Tokens("2"), null, s_now);
        Assert.Equal(["https://a.example/", "https://b.example/"], TokenFamilyRules.Grant(record, Id, all).Audiences);
        var (_, plain) = TokenFamilyRules.With(s_record, Id, Tokens("3"), null, s_now);
        Assert.Equal(["shop"], TokenFamilyRules.Grant(s_record, Id, plain).Audiences);
        Assert.True(TokenFamilyRules.AreWithin(named, fewer));
        Assert.True(TokenFamilyRules.AreWithin(s_record, fewer));
        Assert.False(TokenFamilyRules.AreWithin(named, fewer with { Resources = ["https://c.example/"] }));
    }

    [Fact]
    public void A_registration_that_loses_a_resource_takes_it_from_tokens_and_opens_no_other()
    {
        var grant = new TokenGrant
        {
            AuthorizationId = "a",
            TokenId = "t",
            ClientId = "shop",
            Issuer = "https://id.example.com",
            UserId = "ada",
            Scopes = ["openid"],
            Audiences = ["https://a.example/"],
            Resources = ["https://a.example/"],
            IssuedAt = s_now,
            ExpiresAt = s_now.AddHours(1),
        };
        var client = new OidcClient { Id = "shop", Resources = ["https://a.example/"] };

        Assert.Same(grant, grant.Within(client));
        Assert.Empty(grant.Within(client with { Resources = null }).Audiences);
    }

    [Fact]
    public void Refresh_tokens_end_at_the_time_that_the_first_one_set()
    {
        var first = TokenFamilyRules.With(s_record, Id, Tokens("1"), null, s_now).Record;
        var later = TokenFamilyRules.With(first, Id, Tokens("2"), null, s_now.AddDays(9)).Record;

        Assert.Equal(s_now.AddDays(15), later.RefreshExpiresAt);
        Assert.Equal(2, later.RefreshGeneration);
    }

    [Fact]
    public void A_family_knows_its_present_refresh_token_and_those_that_it_replaced_and_no_others()
    {
        var first = TokenFamilyRules.With(s_record, Id, Tokens("1"), null, s_now).Record;
        var second = TokenFamilyRules.With(first, Id, Tokens("2"), null, s_now).Record;
        var old = TokenFamilyRules.RefreshToken(first, Id, Tokens("1"))!;
        var present = TokenFamilyRules.RefreshToken(second, Id, Tokens("2"))!;

        Assert.Equal((false, true), (TokenFamilyRules.IsCurrent(second, old), TokenFamilyRules.IsReplaced(second, old)));
        Assert.Equal((true, false), (TokenFamilyRules.IsCurrent(second, present), TokenFamilyRules.IsReplaced(second, present)));
        Assert.Equal((false, false), (TokenFamilyRules.IsCurrent(second, "rt_x"), TokenFamilyRules.IsReplaced(second, "rt_x")));
        Assert.Equal((false, false), (TokenFamilyRules.IsCurrent(s_record, old), TokenFamilyRules.IsReplaced(s_record, old)));
    }

    [Fact]
    public void Nobody_computes_the_next_refresh_token_from_the_database_and_an_old_token_alone()
    {
        var (own, other) = (new SecretProtector(new byte[32]), new SecretProtector([.. Enumerable.Repeat((byte)1, 32)]));
        var first = TokenFamilyRules.With(s_record, Id, Tokens("1"), null, s_now).Record;
        var old = TokenFamilyRules.RefreshToken(first, Id, Tokens("1"))!;
        var next = TokenFamilyRules.With(first, Id, TokenFamilyRules.After(first, old, Tokens("2"), own), null, s_now).Record;

        Assert.True(TokenFamilyRules.IsBefore(next, Id, old, own));
        Assert.False(TokenFamilyRules.IsBefore(next, Id, old, other));
        Assert.False(TokenFamilyRules.IsBefore(first, Id, old, own));
        Assert.Null(TokenFamilyRules.After(next, old, Tokens("3") with { RefreshSecret = null }, own).RefreshSecret);
    }

    [Fact]
    public void A_full_family_drops_its_oldest_access_token_and_expired_ones_make_room()
    {
        var record = s_record;
        for (var token = 0; token <= TokenFamilyRules.MaxAccessTokens; token++)
        {
            record = TokenFamilyRules.With(record, Id, Tokens($"{token}"), null, s_now.AddSeconds(token)).Record;
        }

        Assert.Equal(TokenFamilyRules.MaxAccessTokens, record.AccessTokens!.Value.Length);
        Assert.Null(TokenFamilyRules.Find(record, "0"));
        Assert.NotNull(TokenFamilyRules.Find(record, "1"));
        Assert.Single(TokenFamilyRules.With(record, Id, Tokens("new"), null, s_now.AddDays(1)).Record.AccessTokens!.Value);
    }

    [Fact]
    public void A_refresh_token_is_only_in_the_answer_that_hands_it_out()
    {
        var (record, access) = TokenFamilyRules.With(s_record, Id, Tokens("1"), null, s_now);

        Assert.NotNull(TokenFamilyRules.Grant(record, Id, access, Tokens("1")).RefreshToken);
        Assert.Null(TokenFamilyRules.Grant(record, Id, access).RefreshToken);
        Assert.Null(TokenFamilyRules.Grant(record, Id, access, Tokens("1") with { RefreshSecret = null }).RefreshToken);
    }

    [Fact]
    public void A_refresh_token_is_bound_to_the_key_of_a_public_client_and_stays_bound()
    {
        var bound = TokenFamilyRules
            .With(s_record, Id, Tokens("1") with { KeyThumbprint = "key", BindsRefreshToken = true }, null, s_now)
            .Record;
        var later = TokenFamilyRules
            .With(bound, Id, Tokens("2") with { KeyThumbprint = "another", BindsRefreshToken = true }, null, s_now)
            .Record;
        var (confidential, access) = TokenFamilyRules.With(s_record, Id, Tokens("1") with { KeyThumbprint = "key" }, null, s_now);

        Assert.Equal(("key", "key", null), (bound.KeyThumbprint, later.KeyThumbprint, confidential.KeyThumbprint));
        Assert.Equal("key", TokenFamilyRules.Grant(confidential, Id, access).KeyThumbprint);
        TokenFamilyRules.EnsureKey("key", Tokens("3") with { KeyThumbprint = "key" });
        TokenFamilyRules.EnsureKey(null, Tokens("3"));
        foreach (var other in new[] { null, "another" })
        {
            var refusal = Assert.Throws<SessionException>(() =>
                TokenFamilyRules.EnsureKey("key", Tokens("3") with { KeyThumbprint = other })
            );
            Assert.Equal(SessionErrors.TokenKeyOther, refusal.Error);
        }
    }

    [Fact]
    public void A_refresh_token_is_bound_to_the_certificate_of_a_public_client_and_access_tokens_always()
    {
        var bound = Tokens("1") with { CertificateThumbprint = "one", BindsRefreshToken = true };
        var (record, access) = TokenFamilyRules.With(s_record, Id, bound, null, s_now);
        var confidential = TokenFamilyRules.With(s_record, Id, bound with { BindsRefreshToken = false }, null, s_now).Record;

        Assert.Equal(("one", null), (record.CertificateThumbprint, confidential.CertificateThumbprint));
        Assert.Equal("one", TokenFamilyRules.Grant(record, Id, access).CertificateThumbprint);
        TokenFamilyRules.EnsureCertificate("one", bound);
        TokenFamilyRules.EnsureCertificate(null, Tokens("2"));
        foreach (var other in new[] { null, "another" })
        {
            var refusal = Assert.Throws<SessionException>(() =>
                TokenFamilyRules.EnsureCertificate("one", Tokens("2") with { CertificateThumbprint = other })
            );
            Assert.Equal(SessionErrors.TokenBoundToCertificate, refusal.Error);
        }
    }

    [Fact]
    public void A_refresh_token_that_is_kept_lives_on_until_the_time_that_the_first_one_set()
    {
        var first = TokenFamilyRules.With(s_record, Id, Tokens("1"), null, s_now).Record;
        var kept = Tokens("2") with { RefreshSecret = null, KeepsRefreshToken = true };
        var later = TokenFamilyRules.With(first, Id, kept, null, s_now.AddDays(2)).Record;

        Assert.True(TokenFamilyRules.IsCurrent(later, TokenFamilyRules.RefreshToken(first, Id, Tokens("1"))!));
        Assert.Equal(s_now.AddDays(12), later.RefreshExpiresAt);
        Assert.Equal(s_now.AddDays(15), TokenFamilyRules.With(first, Id, kept, null, s_now.AddDays(9)).Record.RefreshExpiresAt);
        Assert.Null(TokenFamilyRules.With(s_record, Id, kept, null, s_now).Record.RefreshExpiresAt);
    }

    [Theory]
    [InlineData("aal2", "http://idmanagement.gov/ns/assurance/aal/2")]
    [InlineData("phr", "phr")]
    public void A_level_has_the_name_by_which_the_request_asked_for_it(string level, string told)
    {
        var record = s_record with
        {
            Login = s_record.Login! with { Acr = level },
            Request = new AuthorizationRequest
            {
                ClientId = "shop",
                Issuer = "https://id.example.com",
                RedirectUri = "https://shop.example/",
                Scopes = ["openid"],
                AcrValues = ["aal2"],
                AcrNames = ["http://idmanagement.gov/ns/assurance/aal/2"],
            },
        };
        var access = TokenFamilyRules.With(record, Id, Tokens("1"), null, s_now).Access;

        Assert.Equal(told, TokenFamilyRules.Grant(record, Id, access).Acr);
    }

    private static NewTokens Tokens(string id) =>
        new()
        {
            AccessTokenId = id,
            AccessToken = $"at_{id}",
            AccessTokenLifetime = TimeSpan.FromHours(12),
            RefreshSecret = $"secret{id}",
            RefreshTokenLifetime = TimeSpan.FromDays(15),
            RefreshTokenIdle = TimeSpan.FromDays(10),
        };
}
