using System.Buffers.Text;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Orleans.Sessions.Gateway.Oidc.Dpop;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>The key to which a JWT of another issuer is bound (RFC 7800 §3).</summary>
public sealed class BoundTokenTests
{
    private const string Thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    [Fact]
    public void A_token_without_a_confirmation_is_a_bearer_token()
    {
        var bound = DpopTokens.BoundTo(Token("""{"sub":"ada"}"""));

        DpopProofs.EnsureHeld(bound, proved: null);
        Assert.Throws<SessionException>(() => DpopProofs.EnsureHeld(bound, Thumbprint));
    }

    [Fact]
    public void A_token_with_a_thumbprint_needs_that_key()
    {
        var bound = DpopTokens.BoundTo(Token($$$"""{"cnf":{"jkt":"{{{Thumbprint}}}"}}"""));

        DpopProofs.EnsureHeld(bound, Thumbprint);
        Assert.Throws<SessionException>(() => DpopProofs.EnsureHeld(bound, proved: null));
    }

    [Theory]
    [InlineData("""{"cnf":{"x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}}""")]
    [InlineData("""{"cnf":{"kid":"one"}}""")]
    [InlineData("""{"cnf":{}}""")]
    [InlineData("""{"cnf":"one"}""")]
    public void A_token_that_is_bound_in_another_way_is_good_for_nobody(string claims)
    {
        var bound = DpopTokens.BoundTo(Token(claims));

        Assert.Throws<SessionException>(() => DpopProofs.EnsureHeld(bound, proved: null));
        Assert.Throws<SessionException>(() => DpopProofs.EnsureHeld(bound, Thumbprint));
    }

    private static JsonWebToken Token(string claims) => new($"{Part("""{"alg":"ES256"}""")}.{Part(claims)}.AA");

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
