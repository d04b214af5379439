using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Clients;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>
/// A client that signs its requests has keys, however it authenticates. Others have only those that they authenticate with.
/// </summary>
public sealed class SignedRequestRulesTests
{
    private const string KeySet = """{"keys":[{"kty":"EC","crv":"P-256","x":"x","y":"y"}]}""";

    private static readonly OidcClient s_public = new() { Id = "app", RedirectUris = ["https://app.example/signin"] };

    private static readonly OidcClient s_secret = s_public with
    {
        Authentication = ClientAuthentication.SecretBasic,
        SecretHash = [.. new byte[32]],
    };

    public static TheoryData<bool, string?, bool> Signing =>
        new()
        {
            { true, null, false },
            { false, "ES256", false },
            { false, null, true },
        };

    [Theory, MemberData(nameof(Signing))]
    public void A_client_with_keys_and_without_assertions_must_sign_its_requests(bool isRequired, string? algorithm, bool isRefused)
    {
        foreach (var client in new[] { s_public, s_secret })
        {
            var signing = client with { RequiresSignedRequests = isRequired, RequestObjectAlgorithm = algorithm };

            AssertValid(!isRefused, signing with { JsonWebKeys = KeySet });
            AssertValid(!isRefused, signing with { JwksUri = "https://app.example/keys" });
            AssertValid(isRefused, signing);
            AssertValid(false, signing with { JsonWebKeys = KeySet, JwksUri = "https://app.example/keys" });
        }
    }

    [Fact]
    public void A_client_that_stops_signing_loses_the_keys_that_it_does_not_use()
    {
        var signing = s_secret with { JsonWebKeys = KeySet, RequiresSignedRequests = true };

        Assert.Equal(KeySet, ClientRules.WithCredentials(signing, null).JsonWebKeys);
        Assert.Null(ClientRules.WithCredentials(signing with { RequiresSignedRequests = false }, null).JsonWebKeys);
        Assert.Equal(KeySet, ClientRules.WithCredentials(signing with { Authentication = ClientAuthentication.None }, null).JsonWebKeys);
    }

    private static void AssertValid(bool isValid, OidcClient client)
    {
        var exception = Record.Exception(() => ClientRules.EnsureValid(client));

        Assert.Equal(isValid ? null : SessionErrors.ClientKeysInvalid, (exception as SessionException)?.Error);
    }
}
