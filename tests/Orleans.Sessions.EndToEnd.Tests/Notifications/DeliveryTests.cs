using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Sessions.EndToEnd.Notifications.Harness;

namespace Orleans.Sessions.EndToEnd.Notifications;

/// <summary>
/// Delivery does not delay requests and survives failures on both sides. A message that is known to be sent is not sent again.
/// </summary>
public sealed class DeliveryTests : OwnHosts
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_receiver_that_fails_twice_gets_the_message_at_the_third_attempt()
    {
        var sink = EndWithTest(new HttpSink(refusals: 2));
        var admin = Admin(await StartAsync(WithSms(sink)));
        var contact = await admin.NewContactAsync();

        (await admin.SetAsync(await admin.OpenAsync(contact), Challenge)).Expect(200);

        await sink.ReceiveAsync(contact.Phone);
        var attempts = sink.AllOf(contact.Phone);
        Assert.Equal([false, false, true], attempts.Select(attempt => attempt.IsAccepted));
        Assert.Single(attempts.Select(attempt => attempt.Headers["Idempotency-Key"]).Distinct());
        Assert.Single(attempts.Select(attempt => attempt.Body).Distinct());
    }

    [Fact]
    public async Task A_receiver_that_stays_away_costs_the_request_nothing_and_is_given_up_with_the_code()
    {
        var sink = EndWithTest(new HttpSink(refusals: int.MaxValue));
        var host = await StartAsync(WithSms(sink).With(Setting.OtpLifetime, "00:00:06"));
        var admin = Admin(host);
        var contact = await admin.NewContactAsync();

        (await admin.SetAsync(await admin.OpenAsync(contact), Challenge)).Expect(200);

        await UntilAsync(() => host.Output.Contains("The worker gave up", StringComparison.Ordinal));
        var attempts = sink.AllOf(contact.Phone);
        Assert.InRange(attempts.Count, 1, 4);
        var code = attempts[0].Json["args"]!["code"]!.GetValue<string>();
        Assert.DoesNotContain(code, host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(contact.Phone, host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_delivered_when_the_process_was_killed_is_delivered_once_after_the_restart()
    {
        var sink = EndWithTest(new HttpSink(refusals: int.MaxValue));
        var settings = WithSms(sink).With(Setting.DataPath, NewFolder());
        var host = await StartAsync(settings);
        var admin = Admin(host);
        var contact = await admin.NewContactAsync();
        var session = await admin.OpenAsync(contact);
        (await admin.SetAsync(session, Challenge)).Expect(200);
        await UntilAsync(() => sink.AllOf(contact.Phone).Count > 0);
        await host.KillAsync();
        sink.AcceptAll();

        var restarted = await StartAsync(settings);
        var taken = await sink.ReceiveAsync(contact.Phone);
        (
            await admin
                .At(restarted)
                .SetAsync(session, new { checks = new { otpSms = new { code = taken.Json["args"]!["code"]!.GetValue<string>() } } })
        ).Expect(200);
        await NothingMoreAsync(sink, contact);
        await restarted.KillAsync();
        await StartAsync(settings);
        await NothingMoreAsync(sink, contact);
    }

    [Fact]
    public async Task What_a_killed_node_left_another_node_delivers()
    {
        var sink = EndWithTest(new HttpSink(refusals: int.MaxValue));
        var database = await Databases.CreateAsync();
        var first = await StartAsync(WithSms(sink).OnPostgreSql(database));
        var admin = Admin(first);
        var second = await StartAsync(WithSms(sink).OnPostgreSql(database));
        var contact = await admin.NewContactAsync();
        (await admin.SetAsync(await admin.OpenAsync(contact), Challenge)).Expect(200);
        await UntilAsync(() => sink.AllOf(contact.Phone).Count > 0);

        await first.KillAsync();
        sink.AcceptAll();

        await sink.ReceiveAsync(contact.Phone);
        await NothingMoreAsync(sink, contact);
        Assert.False(second.HasExited);
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_given_up_at_once()
    {
        var smtp = EndWithTest(new SmtpSink());
        var host = await StartAsync(WithSmtp(smtp).With(Setting.SmtpSecurity, "None"));
        var admin = Admin(host);
        var contact = await admin.NewContactAsync(emailPrefix: "unknown");
        (await admin.SetAsync(await admin.OpenAsync(contact), new { challenges = new { otpEmail = new { } } })).Expect(200);
        await UntilAsync(() => host.Output.Contains("after 1 attempts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_demands_it_gets_tls_and_a_password()
    {
        using var certificate = NewCertificate();
        var file = System.IO.Path.Combine(NewFolder(), "trusted.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        var smtp = EndWithTest(new SmtpSink(certificate, password: "s3cret"));
        var admin = Admin(
            await StartAsync(
                WithSmtp(smtp).With("SSL_CERT_FILE", file).With(Setting.SmtpUser, SmtpSink.User).With(Setting.SmtpPassword, "s3cret")
            )
        );
        var contact = await admin.NewContactAsync();

        (await admin.SetAsync(await admin.OpenAsync(contact), new { challenges = new { otpEmail = new { } } })).Expect(200);

        Assert.Equal("Your login code", (await smtp.ReceiveAsync(contact.Email)).Subject);
    }

    [Theory]
    [InlineData(21211, false)]
    [InlineData(21606, true)]
    public async Task Twilio_is_asked_again_unless_it_refuses_the_number_itself(int code, bool isRepeated)
    {
        var sink = EndWithTest(new HttpSink(refusals: 1, status: 400, refusal: $$"""{"code":{{code}},"message":"refused","status":400}"""));
        var host = await StartAsync(WithTwilio(sink));
        var admin = Admin(host);
        var (refused, later) = (await admin.NewContactAsync(), await admin.NewContactAsync());

        (await admin.SetAsync(await admin.OpenAsync(refused), Challenge)).Expect(200);
        await UntilAsync(() => sink.AllOf(refused.Phone).Count > 0, "the first attempt");
        (await admin.SetAsync(await admin.OpenAsync(later), Challenge)).Expect(200);
        await sink.ReceiveAsync(later.Phone);

        if (isRepeated)
        {
            await sink.ReceiveAsync(refused.Phone);
        }

        await UntilAsync(
            () => host.Output.Contains($"error {code.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal),
            "the code in the log"
        );
        Assert.Equal(isRepeated ? 2 : 1, sink.AllOf(refused.Phone).Count);
    }

    [Fact]
    public async Task Twilio_gets_what_its_api_asks_for()
    {
        var sink = EndWithTest(new HttpSink());
        var admin = Admin(await StartAsync(WithTwilio(sink)));
        var contact = await admin.NewContactAsync();
        var session = await admin.OpenAsync(contact);

        (await admin.SetAsync(session, Challenge)).Expect(200);

        var request = await sink.ReceiveAsync(contact.Phone);
        Assert.Equal("/2010-04-01/Accounts/AC1/Messages.json", request.Path);
        Assert.Equal($"Basic {Convert.ToBase64String("AC1:token"u8)}", request.Headers["Authorization"]);
        Assert.Equal("+15005550006", request.Form("From"));
        (await admin.SetAsync(session, new { checks = new { otpSms = new { code = request.Form("Body")[..8] } } })).Expect(200);
    }

    [Fact]
    public async Task For_development_messages_are_shown()
    {
        var host = await StartAsync(HostSettings.Shared.With(Setting.ShowAtDebugOutbox, "true"));
        var admin = Admin(host);
        var contact = await admin.NewContactAsync();
        var session = await admin.OpenAsync(contact);
        (await admin.SetAsync(session, Challenge)).Expect(200);

        var shown = await Eventually.GetAsync(
            () => admin.As(null).GetAsync("/debug/outbox"),
            reply =>
                reply.Body.Contains(contact.Phone[1..], StringComparison.Ordinal)
                && reply.Body.Contains(contact.Email, StringComparison.Ordinal),
            s_soon,
            "the message and the notice"
        );

        var messages = System.Text.Json.Nodes.JsonNode.Parse(shown.Body)!.AsArray();
        var message = Assert.Single(messages, one => one!["recipient"]!.GetValue<string>() == contact.Phone)!;
        var notice = Assert.Single(messages, one => one!["recipient"]!.GetValue<string>() == contact.Email)!;
        Assert.Equal("user.human.factor.added", notice["eventType"]!.GetValue<string>());
        (await admin.SetAsync(session, new { checks = new { otpSms = new { code = message["code"]!.GetValue<string>() } } })).Expect(200);
        Assert.Contains("/debug/outbox", host.Output, StringComparison.Ordinal);
    }

    private static object Challenge => new { challenges = new { otpSms = new { } } };

    private static async Task UntilAsync(Func<bool> isSo, string what)
    {
        for (var clock = Stopwatch.StartNew(); !isSo(); await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            Assert.True(clock.Elapsed < s_soon, $"Waited in vain for {what}.");
        }
    }

    private static Dictionary<string, string> WithTwilio(HttpSink sink) =>
        HostSettings
            .Shared.With(Setting.TwilioApi, sink.Address.ToString())
            .With(Setting.TwilioAccountSid, "AC1")
            .With(Setting.TwilioAuthToken, "token")
            .With(Setting.TwilioFrom, "+15005550006");

    private static Dictionary<string, string> WithSms(HttpSink sink) =>
        HostSettings.Shared.With(Setting.SmsWebhookUrl, sink.Address.ToString());

    private static Dictionary<string, string> WithSmtp(SmtpSink smtp) =>
        HostSettings
            .Shared.With(Setting.SmtpHost, "localhost")
            .With(Setting.SmtpPort, smtp.Port.ToString(CultureInfo.InvariantCulture))
            .With(Setting.TellChanges, "false")
            .With(Setting.SmtpFrom, "login@example.com");

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>A repeated message would arrive within a few polls.</summary>
    private static async Task NothingMoreAsync(HttpSink sink, Contact contact)
    {
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Single(sink.AllOf(contact.Phone), attempt => attempt.IsAccepted);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); !condition(); await Task.Delay(25, TestContext.Current.CancellationToken))
        {
            Assert.True(clock.Elapsed < s_soon, "It did not happen in time.");
        }
    }
}
