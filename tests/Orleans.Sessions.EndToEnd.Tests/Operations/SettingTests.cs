namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Settings are checked before anything starts.</summary>
public sealed class SettingTests : OwnHosts
{
    [Fact]
    public async Task Wrong_settings_end_the_start_with_a_message_that_names_them_all()
    {
        (string Name, string Value, string Key)[] wrong =
        [
            (Setting.MaxPasswordAttempts, "-1", "Sessions:Lockout:MaxPasswordAttempts"),
            (Setting.MaxOtpAttempts, "-1", "Sessions:Lockout:MaxOtpAttempts"),
            (Setting.BlockDuration, "02:00:00", "Sessions:Lockout:MaxBlockDuration"),
            (Setting.TokenGrace, "-00:00:01", "Sessions:Tokens:Grace"),
            (Setting.SweepInterval, "00:00:00", "Sessions:Expiry:SweepInterval"),
            ("Sessions__Expiry__Share", "0", "Sessions:Expiry:Share"),
            (Setting.Retention, "-1.00:00:00", "Sessions:Retention"),
            ("Sessions__MaxLifetime", "00:00:59", "Sessions:MaxLifetime"),
            ("Sessions__MaxIdleTimeout", "0", "Sessions:MaxIdleTimeout"),
            ("Sessions__BreachedPasswords__Url", "ftp://example.com/", "Sessions:BreachedPasswords:Url"),
            (Setting.Pbkdf2Rounds, "1", "Sessions:Passwords:Pbkdf2Rounds"),
            (Setting.SmtpHost, "localhost", "Sessions:Notifications:Smtp:From"),
            (Setting.SmsWebhookUrl, "/relative", "Sessions:Notifications:SmsWebhook:Url"),
            (Setting.OtpLifetime, "00:00:00", "Sessions:Codes:OtpLifetime"),
        ];
        await EndsAsync(
            wrong.Aggregate(HostSettings.Default, (settings, one) => settings.With(one.Name, one.Value)),
            [.. wrong.Select(one => one.Key)]
        );
    }

    [Theory]
    [InlineData(Setting.TokenGrace, "soon", "Sessions:Tokens:Grace")]
    [InlineData(Setting.HashAlgorithm, "Rot13", "Sessions:Passwords:Algorithm")]
    [InlineData(Setting.Role, "chief", "Sessions:Role")]
    [InlineData(Setting.MasterKey, "short", "Sessions:MasterKey")]
    [InlineData(Setting.ConnectionString, "nonsense", "ConnectionStrings:Sessions")]
    [InlineData("Sessions__BreachedPasswords__Timeout", "00:01:00", "Sessions:BreachedPasswords:Timeout")]
    [InlineData("Sessions__Memory__KeepUnused", "00:00:01", "Sessions:Memory:KeepUnused")]
    [InlineData("Sessions__Memory__ShedAbove", "100", "Sessions:Memory:ShedAbove")]
    public async Task A_setting_that_cannot_be_read_ends_the_start_with_a_message_that_names_it(string name, string value, string key) =>
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

    [Fact]
    public async Task A_cluster_address_for_the_embedded_database_ends_the_start() =>
        await EndsAsync(HostSettings.Default.With("Sessions__Cluster__Address", "127.0.0.1"), "Sessions:Cluster:Address is for a cluster");

    private async Task EndsAsync(Dictionary<string, string> settings, params string[] keys)
    {
        var host = Launch(settings);

        await host.WaitForExitAsync(TimeSpan.FromMinutes(3));

        Assert.NotEqual(0, host.ExitCode);
        Assert.All(keys, key => Assert.Contains(key, host.Output, StringComparison.Ordinal));
    }
}
