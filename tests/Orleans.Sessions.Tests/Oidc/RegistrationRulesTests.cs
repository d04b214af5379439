using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Clients;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>Who may register a client, and change its registration.</summary>
public sealed class RegistrationRulesTests
{
    private const string Text = "ia_1.secret";

    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly InitialAccessToken s_token = new()
    {
        Id = "1",
        Hash = [.. TokenHash.Of(Text)],
        UsesLeft = 2,
        ExpiresAt = s_now.AddHours(1),
    };

    private static readonly ClientsRecord s_record = new() { InitialTokens = [s_token] };

    [Fact]
    public void A_token_is_gone_after_its_last_use()
    {
        var once = RegistrationRules.Used(s_record, Text, s_now);
        var twice = RegistrationRules.Used(once, Text, s_now);

        Assert.Equal(1, Assert.Single(once.InitialTokens!.Value).UsesLeft);
        Assert.Empty(twice.InitialTokens!.Value);
        Refuses(() => RegistrationRules.Used(twice, Text, s_now));
    }

    [Theory]
    [InlineData("ia_1.another")]
    [InlineData("ia_2.secret")]
    [InlineData("at_1.secret")]
    [InlineData("")]
    public void Another_text_is_refused(string text) => Refuses(() => RegistrationRules.Used(s_record, text, s_now));

    [Fact]
    public void A_token_expires() => Refuses(() => RegistrationRules.Used(s_record, Text, s_now.AddHours(1)));

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1001, 60)]
    [InlineData(1, 0)]
    [InlineData(1, (365 * 24 * 3600) + 1)]
    public void A_token_has_limits(int uses, int seconds)
    {
        var token = s_token with { UsesLeft = uses, ExpiresAt = s_now.AddSeconds(seconds) };

        var exception = Assert.Throws<SessionException>(() => RegistrationRules.EnsureValid(token, s_now));

        Assert.Equal(SessionErrors.InitialTokenInvalid, exception.Error);
    }

    [Fact]
    public void Only_an_active_client_with_this_token_is_proved()
    {
        var client = new OidcClient { Id = "shop", RegistrationTokenHash = [.. TokenHash.Of("ra_1.secret")] };

        Assert.Same(client, RegistrationRules.Proved(client, "ra_1.secret"));
        Refuses(() => RegistrationRules.Proved(client, "ra_1.another"));
        Refuses(() => RegistrationRules.Proved(client with { IsInactive = true }, "ra_1.secret"));
        Refuses(() => RegistrationRules.Proved(client with { RegistrationTokenHash = null }, "ra_1.secret"));
        Refuses(() => RegistrationRules.Proved(null, "ra_1.secret"));
    }

    [Fact]
    public void A_client_replaces_only_what_it_may_set_itself()
    {
        var existing = new OidcClient
        {
            Id = "shop",
            MinimumAcr = "aal2",
            Scopes = ["orders"],
            RequirePushedRequests = true,
            RequiresSignedRequests = true,
            SenderConstraint = SenderConstraint.Dpop,
            SecretHash = [1],
            Authentication = ClientAuthentication.SecretBasic,
        };
        var sent = new OidcClient
        {
            Id = "shop",
            Name = "Shop",
            Scopes = ["everything"],
            SecretHash = [2],
            Authentication = ClientAuthentication.SecretPost,
            JsonWebKeys = "{}",
        };

        var after = RegistrationRules.Replaced(existing, sent);

        Assert.Equal(("Shop", "aal2", true), (after.Name, after.MinimumAcr, after.RequirePushedRequests));
        Assert.Equal(["orders"], after.Scopes);
        Assert.Equal(SenderConstraint.Dpop, after.SenderConstraint);
        Assert.Equal(existing.SecretHash, after.SecretHash);
        Assert.Equal((true, "{}"), (after.RequiresSignedRequests, after.JsonWebKeys));
    }

    [Fact]
    public void The_address_of_its_keys_takes_the_place_of_its_keys()
    {
        var existing = new OidcClient
        {
            Id = "bank",
            Authentication = ClientAuthentication.PrivateKeyJwt,
            JsonWebKeys = "{}",
        };
        var sent = existing with { JsonWebKeys = null, JwksUri = "https://bank.example/keys" };

        var after = RegistrationRules.Replaced(existing, sent);
        var back = RegistrationRules.Replaced(after, existing);

        Assert.Null(after.JsonWebKeys);
        Assert.Equal("https://bank.example/keys", after.JwksUri);
        Assert.Equal("{}", back.JsonWebKeys);
        Assert.Null(back.JwksUri);
    }

    private static void Refuses(Action action) => Assert.Equal(SessionErrors.TokenInvalid, Assert.Throws<SessionException>(action).Error);
}
