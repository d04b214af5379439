using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Clients;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>A profile turns on what it demands, and refuses what cannot be combined with it.</summary>
public sealed class ClientProfileTests
{
    private static readonly OidcClient s_bank = new()
    {
        Id = "bank",
        Authentication = ClientAuthentication.PrivateKeyJwt,
        JsonWebKeys = """{"keys":[{"kty":"EC","crv":"P-256","x":"x","y":"y"}]}""",
        RedirectUris = ["https://bank.example/signin"],
        Profile = ClientProfile.Fapi2,
    };

    [Fact]
    public void Fapi_turns_on_all_that_it_demands()
    {
        ClientRules.EnsureValid(s_bank);
        Assert.True(s_bank.DemandsDpop());
        Assert.True(s_bank.DemandsPushedRequests());
        Assert.Equal(["ES256", "PS256"], s_bank.WantedIdTokenAlgorithms());
        Assert.Equal(["ES256", "PS256"], s_bank.WantedAccessTokenAlgorithms());
        Assert.True(s_bank.Wants("PS256"));
        Assert.False(s_bank.Wants("RS256"));
        Assert.True(new OidcClient { Id = "shop", AccessTokenAlgorithm = "PS256" }.Wants("PS256"));
        Assert.False(new OidcClient { Id = "shop" }.Wants("PS256"));

        var plain = s_bank with { Profile = ClientProfile.None };
        Assert.False(plain.DemandsDpop());
        Assert.False(plain.DemandsPushedRequests());
        Assert.Empty(plain.WantedIdTokenAlgorithms());
        Assert.True((plain with { SenderConstraint = SenderConstraint.Dpop }).DemandsDpop());
    }

    [Fact]
    public void Certificates_do_what_keys_do_with_fapi()
    {
        var bank = s_bank with
        {
            Authentication = ClientAuthentication.TlsClientAuth,
            JsonWebKeys = null,
            CertificateName = new CertificateName(CertificateNameKind.SubjectDn, "CN=bank"),
            SenderConstraint = SenderConstraint.Certificate,
            IdTokenAlgorithm = "PS256",
        };
        ClientRules.EnsureValid(bank);
        Assert.False(bank.DemandsDpop());
        Assert.True(bank.DemandsCertificate());
        Assert.Equal(["PS256"], bank.WantedIdTokenAlgorithms());

        ClientRules.EnsureValid(s_bank with { Authentication = ClientAuthentication.SelfSignedTlsClientAuth });
        AssertRefused(SessionErrors.ClientCertificateNameInvalid, bank with { CertificateName = null });
        AssertRefused(SessionErrors.ClientCertificateNameInvalid, s_bank with { CertificateName = bank.CertificateName });
        AssertRefused(SessionErrors.ClientKeysInvalid, bank with { JsonWebKeys = s_bank.JsonWebKeys });
        AssertRefused(
            SessionErrors.ClientKeysInvalid,
            s_bank with
            {
                Authentication = ClientAuthentication.SelfSignedTlsClientAuth,
                JsonWebKeys = null,
                ProjectId = "project",
            }
        );
    }

    [Fact]
    public void What_cannot_work_is_refused_by_field_and_rule()
    {
        AssertRefused(SessionErrors.ClientProfileUnknown, s_bank with { Profile = (ClientProfile)9 });
        AssertRefused(SessionErrors.ClientSenderConstraintUnknown, s_bank with { SenderConstraint = (SenderConstraint)9 });
        AssertRefused(SessionErrors.ClientIdTokenAlgorithmUnknown, s_bank with { IdTokenAlgorithm = "none" });
        AssertRefused(SessionErrors.ClientAccessTokenAlgorithmUnknown, s_bank with { AccessTokenAlgorithm = "HS256" });
        AssertRefused(SessionErrors.ClientProfileAlgorithmUnfit, s_bank with { IdTokenAlgorithm = "RS256" });
        AssertRefused(SessionErrors.ClientProfileAlgorithmUnfit, s_bank with { AccessTokenAlgorithm = "RS256" });
        AssertRefused(SessionErrors.ClientRequestAlgorithmUnknown, s_bank with { RequestObjectAlgorithm = "none" });
        AssertRefused(SessionErrors.ClientRequestAlgorithmUnknown, s_bank with { RequestObjectAlgorithm = "HS256" });
        AssertRefused(SessionErrors.ClientProfileRequestAlgorithmUnfit, s_bank with { RequestObjectAlgorithm = "RS256" });
        AssertRefused(SessionErrors.ClientProfilePkceUnfit, s_bank with { RequirePkce = false });
        AssertRefused(
            SessionErrors.ClientProfileAuthenticationUnfit,
            s_bank with
            {
                Authentication = ClientAuthentication.None,
                JsonWebKeys = null,
            }
        );
        AssertRefused(
            SessionErrors.ClientProfileAuthenticationUnfit,
            s_bank with
            {
                Authentication = ClientAuthentication.SecretBasic,
                JsonWebKeys = null,
                SecretHash = [.. new byte[32]],
            }
        );
    }

    private static void AssertRefused(SessionError error, OidcClient client) =>
        Assert.Equal(error, Assert.Throws<SessionException>(() => ClientRules.EnsureValid(client)).Error);
}
