using System.Buffers.Text;
using Orleans.Sessions.Oidc.Clients;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>Which keys of clients are strong enough.</summary>
public sealed class PublicKeySetTests
{
    [Theory]
    [InlineData(0x80, 256, true)]
    [InlineData(0x01, 512, true)]
    [InlineData(0x7F, 256, false)]
    [InlineData(0x80, 128, false)]
    public void A_key_of_rsa_has_2048_bits_or_more(int first, int bytes, bool isStrong)
    {
        var modulus = new byte[bytes];
        modulus[0] = (byte)first;

        Assert.Equal(isStrong, PublicKeySet.IsStrong(SetOf($"\"{Base64Url.EncodeToString(modulus)}\"")));
    }

    [Theory]
    [InlineData("\"%\"")]
    [InlineData("\"\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("7")]
    public void A_key_of_rsa_without_a_modulus_is_weak(string modulus)
    {
        Assert.True(PublicKeySet.IsOne(SetOf(modulus)));
        Assert.False(PublicKeySet.IsStrong(SetOf(modulus)));
    }

    [Fact]
    public void A_set_is_as_strong_as_its_weakest_key()
    {
        const string Elliptic = """{"kty":"EC","crv":"P-256","x":"x","y":"y"}""";

        Assert.True(PublicKeySet.IsStrong($$"""{"keys":[{{Elliptic}}]}"""));
        Assert.False(PublicKeySet.IsStrong($$"""{"keys":[{{Elliptic}},{"kty":"RSA","n":"AQAB","e":"AQAB"}]}"""));
        Assert.False(PublicKeySet.IsStrong("""{"keys":[{"kty":"RSA"}]}"""));
    }

    private static string SetOf(string modulus) => $$"""{"keys":[{"kty":"RSA","n":{{modulus}},"e":"AQAB"}]}""";
}
