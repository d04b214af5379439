namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Settings are checked before anything starts.</summary>
public sealed class SettingTests : OwnHosts
{
    [Theory]
    [InlineData(Setting.MaxPasswordAttempts, "-1", "Sessions:Lockout:MaxPasswordAttempts")]
    [InlineData(Setting.MaxOtpAttempts, "-1", "Sessions:Lockout:MaxOtpAttempts")]
    [InlineData(Setting.BlockDuration, "02:00:00", "Sessions:Lockout:MaxBlockDuration")]
    [InlineData(Setting.TokenGrace, "-00:00:01", "Sessions:Tokens:Grace")]
    [InlineData(Setting.TokenGrace, "soon", "Sessions:Tokens:Grace")]
    [InlineData(Setting.SweepInterval, "00:00:00", "Sessions:Expiry:SweepInterval")]
    [InlineData(Setting.Retention, "-1.00:00:00", "Sessions:Retention")]
    [InlineData("Sessions__MaxLifetime", "00:00:59", "Sessions:MaxLifetime")]
    [InlineData("Sessions__MaxIdleTimeout", "0", "Sessions:MaxIdleTimeout")]
    [InlineData("Sessions__BreachedPasswords__Url", "ftp://example.com/", "Sessions:BreachedPasswords:Url")]
    [InlineData("Sessions__BreachedPasswords__Timeout", "00:01:00", "Sessions:BreachedPasswords:Timeout")]
    [InlineData(Setting.HashAlgorithm, "Rot13", "Sessions:Passwords:Algorithm")]
    [InlineData(Setting.Pbkdf2Rounds, "1", "Sessions:Passwords:Pbkdf2Rounds")]
    [InlineData(Setting.Role, "chief", "Sessions:Role")]
    [InlineData(Setting.MasterKey, "short", "Sessions:MasterKey")]
    [InlineData(Setting.SmtpHost, "localhost", "Sessions:Notifications:Smtp:From")]
    [InlineData(Setting.SmsWebhookUrl, "/relative", "Sessions:Notifications:SmsWebhook:Url")]
    [InlineData(Setting.OtpLifetime, "00:00:00", "Sessions:Codes:OtpLifetime")]
    [InlineData(Setting.ConnectionString, "nonsense", "ConnectionStrings:Sessions")]
    public async Task A_wrong_setting_ends_the_start_with_a_message_that_names_it(string name, string value, string key) =>
        await EndsAsync(HostSettings.Default.With(name, value), key);

    [Fact]
    public async Task An_issuer_that_is_there_twice_ends_the_start()
    {
        const string section = "Sessions__Authentication__Issuers__";
        await EndsAsync(
            HostSettings
                .Default.With($"{section}0__Issuer", "https://issuer.example.com")
                .With($"{section}1__Issuer", "https://issuer.example.com"),
            "Sessions:Authentication:Issuers"
        );
    }

    [Theory, InlineData("0.0.0.0"), InlineData("::")]
    public async Task A_cluster_address_at_which_no_other_node_reaches_this_one_ends_the_start(string address) =>
        await EndsAsync(
            HostSettings.Default.With(Setting.ConnectionString, "Host=127.0.0.1;Port=1").With("Sessions__Cluster__Address", address),
            $"Sessions:Cluster:Address: '{address}'"
        );

    private async Task EndsAsync(Dictionary<string, string> settings, string key)
    {
        var host = Launch(settings);

        await host.WaitForExitAsync(TimeSpan.FromSeconds(30));

        Assert.NotEqual(0, host.ExitCode);
        Assert.Contains(key, host.Output, StringComparison.Ordinal);
    }
}
