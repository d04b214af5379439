using System.Globalization;
using Orleans.Sessions.EndToEnd.Notifications.Harness;

[assembly: AssemblyFixture(typeof(NotifyingSqliteHost))]
[assembly: AssemblyFixture(typeof(NotifyingPostgreSqlHost))]

namespace Orleans.Sessions.EndToEnd.Notifications.Harness;

/// <summary>A host with an SMTP server for e-mail and a webhook for SMS. People may register themselves.</summary>
public abstract class NotifyingHost : SharedHost
{
    public const string SigningKey = "signing-key";
    public const string LoginUrl = "https://login.example.com/ui/v2/login";

    public SmtpSink Email { get; } = new();

    public HttpSink Sms { get; } = new();

    protected Dictionary<string, string> Settings =>
        HostSettings
            .Shared.With(Setting.SmtpHost, "127.0.0.1")
            .With(Setting.SmtpPort, Email.Port.ToString(CultureInfo.InvariantCulture))
            .With(Setting.SmtpSecurity, "None")
            .With(Setting.SmtpFrom, "Example <login@example.com>")
            .With(Setting.SmtpReplyTo, "help@example.com")
            .With(Setting.TellChanges, "false")
            .With(Setting.SmsWebhookUrl, Sms.Address.ToString())
            .With(Setting.SmsWebhookKey, SigningKey)
            .With(Setting.LoginUrl, LoginUrl)
            .With(Setting.AllowRegister, "true");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Email.DisposeAsync();
        await Sms.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class NotifyingSqliteHost : NotifyingHost
{
    protected override Task<HostProcess> StartAsync() => HostProcess.StartAsync(Settings);
}

public sealed class NotifyingPostgreSqlHost : NotifyingHost
{
    protected override async Task<HostProcess> StartAsync() =>
        await HostProcess.StartAsync(Settings.OnPostgreSql(await Databases.CreateAsync()));
}
