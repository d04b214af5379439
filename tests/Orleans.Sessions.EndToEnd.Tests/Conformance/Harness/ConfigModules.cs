namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>The modules of the plan "config": what the service says about itself.</summary>
public static class ConfigModules
{
    /// <summary>The modules.</summary>
    public static IReadOnlyList<ConformanceModule> All { get; } = [new("oidcc-discovery-endpoint-verification", DiscoveryAsync)];

    private static async Task DiscoveryAsync(Conversation login)
    {
        var metadata = (await login.Admin.As(null).GetAsync("/.well-known/openid-configuration")).Expect(200);

        Assert.StartsWith("application/json", metadata.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal(login.Issuer, metadata.Text("issuer"));
        foreach (var endpoint in new[] { "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri" })
        {
            Assert.StartsWith($"{login.Issuer}/", metadata.Text(endpoint), StringComparison.Ordinal);
        }

        Has(metadata, "scopes_supported", "openid");
        Has(metadata, "response_types_supported", "code");
        Has(metadata, "response_modes_supported", "query", "form_post");
        Has(metadata, "grant_types_supported", "authorization_code");
        Has(metadata, "subject_types_supported", "public");
        Has(metadata, "id_token_signing_alg_values_supported", "RS256");
        Has(metadata, "token_endpoint_auth_methods_supported", "client_secret_basic");
        Has(metadata, "code_challenge_methods_supported", "S256");
        Has(metadata, "claims_supported", "sub");
        Assert.DoesNotContain("none", Names(metadata, "id_token_signing_alg_values_supported"));

        var keys = (await login.Admin.As(null).GetAsync(new Uri(metadata.Text("jwks_uri")).PathAndQuery)).Expect(200).Items("keys");
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.True(key["kid"] is not null && key["d"] is null, $"a public key with an id in place of {key}"));
        Assert.Equal(keys.Count, keys.Select(key => key["kid"]!.GetValue<string>()).Distinct().Count());
    }

    private static void Has(Reply metadata, string member, params string[] values) =>
        Assert.All(values, value => Assert.Contains(value, Names(metadata, member)));

    private static IEnumerable<string> Names(Reply metadata, string member) =>
        metadata.Items(member).Select(name => name.GetValue<string>());
}
