using System.Text;
using Orleans.Sessions.Totp;

namespace Orleans.Sessions.Tests.Totp;

public sealed class TotpAlgorithmTests
{
    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // oathtool --totp=sha1 -d 6 3132333435363738393031323334353637383930 --now @TIME (the secret and times of RFC 6238, appendix B)
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard_and_of_oathtool(long time, string code)
    {
        var step = time / 30;
        var at = DateTimeOffset.FromUnixTimeSeconds(time);
        Assert.Equal(step, TotpAlgorithm.MatchingStep(s_secret, code, at));
        Assert.Equal(step, TotpAlgorithm.MatchingStep(s_secret, code, at.AddSeconds(30)));
        Assert.Equal(step, TotpAlgorithm.MatchingStep(s_secret, code, at.AddSeconds(-30)));
        Assert.Null(TotpAlgorithm.MatchingStep(s_secret, code, at.AddSeconds(60)));
    }

    [Fact]
    [Asvs("6.5.5")]
    public void A_code_is_not_taken_two_steps_early() =>
        Assert.Null(TotpAlgorithm.MatchingStep(s_secret, "081804", DateTimeOffset.FromUnixTimeSeconds(1111111109 - 60)));

    // oathtool --totp -b JBSWY3DPEHPK3PXP --now "2026-01-01 00:00:00 UTC"
    [Fact]
    public void A_base32_secret_is_read_in_any_case_with_spaces_and_padding()
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var text in new[] { "JBSWY3DPEHPK3PXP", "jbsw y3dp ehpk 3pxp", "JBSWY3DPEHPK3PXP====" })
        {
            Assert.NotNull(TotpAlgorithm.MatchingStep(TotpAlgorithm.FromBase32(text)!, "260025", at));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("JBSWY3DP")]
    [InlineData("JBSWY3DPEHPK3PX1")]
    [InlineData("not base32 at all!")]
    public void What_is_no_secret_is_refused(string text) => Assert.Null(TotpAlgorithm.FromBase32(text));

    [Theory]
    [InlineData("28708")]
    [InlineData("2870822")]
    [InlineData("28708a")]
    [InlineData("２８７０８２")]
    public void Only_six_digits_can_be_a_code(string code) =>
        Assert.Null(TotpAlgorithm.MatchingStep(s_secret, code, DateTimeOffset.FromUnixTimeSeconds(59)));

    [Fact]
    public void A_new_secret_has_twenty_bytes_and_its_address_is_escaped()
    {
        var secret = TotpAlgorithm.NewSecret();
        Assert.Equal(20, secret.Length);
        Assert.Equal(secret, TotpAlgorithm.FromBase32(TotpAlgorithm.Base32(secret)));
        Assert.Equal(
            $"otpauth://totp/My%20Shop:a%2Bb%40example.com?algorithm=SHA1&digits=6&issuer=My%20Shop&period=30&secret={TotpAlgorithm.Base32(secret)}",
            TotpAlgorithm.EnrolmentUri("My Shop", "a+b@example.com", secret)
        );
    }
}
