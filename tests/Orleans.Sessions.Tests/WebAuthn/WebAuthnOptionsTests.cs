using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Tests.WebAuthn;

/// <summary>Which settings of passkeys and security keys end the start.</summary>
public sealed class WebAuthnOptionsTests
{
    [Fact]
    public void Right_settings_are_taken_over()
    {
        var options = Read(
            ("RelyingParties:0:Id", "login.example.com"),
            ("RelyingParties:0:Attestation", "Enterprise"),
            ("RelyingParties:0:RequireTrustedAttestation", "true"),
            ("RelyingParties:0:Origins:0", "https://login.example.net"),
            ("RelyingParties:0:Origins:1", "android:apk-key-hash:7d1043473d55bfa90e8530d35801d4e381bc69f0"),
            ("RelyingParties:0:BlockedModels:0", "2fc0579f-8113-47ea-b116-bb5a8db9202a"),
            ("Metadata:Url", "https://mds.example.com/"),
            ("Metadata:Roots", "/etc/roots.pem")
        );

        Assert.Empty(Faults(options));
        var party = options.Find("LOGIN.example.com");
        Assert.Equal(AttestationConveyance.Enterprise, party.Attestation);
        Assert.False(party.Admits(new Guid("2fc0579f-8113-47ea-b116-bb5a8db9202a")));
        Assert.True(party.Admits(Guid.Empty));
        Assert.Equal(AttestationConveyance.None, options.Find("other.example.com").Attestation);
    }

    [Theory]
    [InlineData("RelyingParties:0:Id", "https://login.example.com")]
    [InlineData("RelyingParties:0:Origins:0", "login.example.net")]
    [InlineData("RelyingParties:0:Origins:0", "https://login.example.net/")]
    [InlineData("RelyingParties:0:Origins:0", "https://LOGIN.example.net")]
    [InlineData("RelyingParties:0:AllowedModels:0", "a key")]
    [InlineData("RelyingParties:0:RequireTrustedAttestation", "true")]
    [InlineData("RelyingParties:1:Id", "LOGIN.example.com")]
    [InlineData("Metadata:Url", "ftp://mds.example.com/")]
    [InlineData("Metadata:File", "/var/blob.jwt")]
    [InlineData("Metadata:Signer", "https://mds.example.com")]
    [InlineData("Metadata:Refresh", "00:00:01")]
    public void A_wrong_setting_is_named(string key, string value)
    {
        var faults = Faults(Read(("RelyingParties:0:Id", "login.example.com"), (key, value)));
        Assert.Contains(faults, fault => fault.ErrorMessage!.Contains("Sessions:WebAuthn:", StringComparison.Ordinal));
    }

    private static WebAuthnOptions Read(params (string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (key, value) in settings)
        {
            values[$"{WebAuthnOptions.Section}:{key}"] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection(WebAuthnOptions.Section).Get<WebAuthnOptions>()
            ?? new WebAuthnOptions();
    }

    private static List<ValidationResult> Faults(WebAuthnOptions options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return faults;
    }
}
