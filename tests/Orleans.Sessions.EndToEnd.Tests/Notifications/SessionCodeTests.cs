using System.Globalization;
using System.Text.RegularExpressions;
using Orleans.Sessions.EndToEnd.Notifications.Harness;

namespace Orleans.Sessions.EndToEnd.Notifications;

/// <summary>Codes by SMS and e-mail as factors of a session: contract §3.2, §4.2, §4.4.</summary>
public abstract partial class SessionCodeTests(NotifyingHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_code_by_email_proves_the_factor()
    {
        var contact = await Admin.NewContactAsync();
        var session = await Admin.OpenAsync(contact);

        var challenged = await Admin.SetAsync(session, new { challenges = new { otpEmail = new { } } });

        session = session.After(challenged);
        Assert.Equal("{}", challenged["challenges"]!.ToJsonString());
        var message = await host.Email.ReceiveAsync(contact.Email);
        var code = Code().Match(message.TextBody!).Value;
        Assert.Equal("\"Example\" <login@example.com>", message.From.ToString());
        Assert.Equal("help@example.com", message.ReplyTo.ToString());
        Assert.Equal("Your login code", message.Subject);
        Assert.Contains(
            $"{NotifyingHost.LoginUrl}/otp/email?code={code}&userId={contact.Id}&sessionId={session.Id}",
            message.TextBody,
            StringComparison.Ordinal
        );
        Assert.Contains("Minnie &amp; Mouse", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"{NotifyingHost.LoginUrl}/otp/email?code={code}&amp;userId=", message.HtmlBody, StringComparison.Ordinal);

        session = session.After(await Admin.SetAsync(session, Email(code)));
        Assert.True((await Admin.ReadAsync(session)).Expect(200).Has("session.factors.otpEmail.verifiedAt"));
        (await Admin.SetAsync(session, Email(code))).Expect(CodeFailures.OtpCodeMissing);
    }

    [Fact]
    public async Task A_code_by_sms_comes_signed_and_proves_the_factor()
    {
        var contact = await Admin.NewContactAsync(language: "de");
        var session = await Admin.OpenAsync(contact);

        session = session.After(await Admin.SetAsync(session, new { challenges = new { otpSms = new { } } }));

        var request = await host.Sms.ReceiveAsync(contact.Phone);
        request.ExpectSignature(NotifyingHost.SigningKey);
        var (context, args) = (request.Json["contextInfo"]!, request.Json["args"]!);
        Assert.Equal("session.otp.sms.challenged", context["eventType"]!.GetValue<string>());
        Assert.Null(context["recipientEmailAddress"]);
        var code = args["code"]!.GetValue<string>();
        Assert.Matches("^[0-9]{8}$", code);
        Assert.Equal(
            ("Minnie", contact.Email, contact.Phone),
            (args["firstName"]!.GetValue<string>(), args["verifiedEmail"]!.GetValue<string>(), args["verifiedPhone"]!.GetValue<string>())
        );
        var text = request.Json["templateData"]!["text"]!.GetValue<string>();
        Assert.StartsWith($"{code} ist Ihr Code", text, StringComparison.Ordinal);
        Assert.EndsWith($"\n@login.example.com #{code}", text, StringComparison.Ordinal);

        session = session.After(await Admin.SetAsync(session, Sms(code)));
        Assert.True((await Admin.ReadAsync(session)).Expect(200).Has("session.factors.otpSms.verifiedAt"));
    }

    [Fact]
    public async Task The_callers_template_makes_the_link()
    {
        var contact = await Admin.NewContactAsync();
        var session = await Admin.OpenAsync(contact);
        var urlTemplate =
            "https://a.example/otp?c={{ .Code }}&u={{.UserID}}&d={{.DisplayName}}&l={{.PreferredLanguage}}&s={{.SessionID}}&n={{.LoginName}}";

        (await Admin.SetAsync(session, new { challenges = new { otpEmail = new { sendCode = new { urlTemplate } } } })).Expect(200);

        var text = (await host.Email.ReceiveAsync(contact.Email)).TextBody!;
        var code = Code().Match(text).Value;
        Assert.Contains(
            $"https://a.example/otp?c={code}&u={contact.Id}&d=Minnie%20%26%20Mouse&l=en&s={session.Id}&n=contact-",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Returned_codes_are_sent_to_nobody_and_repeated_with_the_key()
    {
        var contact = await Admin.NewContactAsync();
        var body = new
        {
            checks = contact.OnlyUser,
            challenges = new { otpSms = new { returnCode = true }, otpEmail = new { returnCode = new { } } },
        };
        var keyed = Admin.With("Idempotency-Key", Unique("key"));

        var created = (await keyed.CreateSessionAsync(body)).Expect(201);
        Assert.Equal(
            created["challenges"]!.ToJsonString(),
            (await keyed.CreateSessionAsync(body)).Expect(201)["challenges"]!.ToJsonString()
        );

        Assert.Matches("^[0-9]{8}$", created.Text("challenges.otpSms"));
        var session = new OpenSession(created.Text("sessionId"), created.Text("sessionToken"), 0);
        (
            await Admin.SetAsync(
                session,
                new
                {
                    checks = new
                    {
                        otpSms = new { code = created.Text("challenges.otpSms") },
                        otpEmail = new { code = created.Text("challenges.otpEmail") },
                    },
                }
            )
        ).Expect(200);
        Assert.Equal(0, host.Email.Waiting(contact.Email));
        Assert.Empty(host.Sms.AllOf(contact.Phone));
    }

    [Fact]
    public async Task Of_fifty_uses_of_a_code_one_succeeds()
    {
        var contact = await Admin.NewContactAsync();
        var session = await Admin.OpenAsync(contact);
        var code = (await Admin.SetAsync(session, new { challenges = new { otpSms = new { returnCode = true } } }))
            .Expect(200)
            .Text("challenges.otpSms");

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Admin.SetAsync(session, Sms(code))));

        Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.Expect(CodeFailures.OtpCodeMissing));
    }

    [Fact]
    public async Task A_third_message_within_the_cool_down_has_to_wait()
    {
        var contact = await Admin.NewContactAsync();
        var session = await Admin.OpenAsync(contact);
        var challenge = new { challenges = new { otpSms = new { } } };
        (await Admin.SetAsync(session, challenge)).Expect(200);
        session = session.After(await Admin.SetAsync(session, challenge));

        var refused = (await Admin.SetAsync(session, challenge)).Expect(CodeFailures.TooOften);

        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 30);
        Assert.Equal(session.Sequence, (await Admin.ReadAsync(session)).Number("session.sequence"));
    }

    [Fact]
    public async Task Wrong_codes_are_refused_and_the_right_one_still_works()
    {
        var contact = await Admin.NewContactAsync();
        var session = await Admin.OpenAsync(contact);
        var challenged = (await Admin.SetAsync(session, new { challenges = new { otpEmail = new { returnCode = new { } } } })).Expect(200);
        var code = challenged.Text("challenges.otpEmail");
        foreach (var wrong in new[] { code[..7], $"{code}0", "abcdefgh", code[^1] == '0' ? $"{code[..7]}1" : $"{code[..7]}0" })
        {
            (await Admin.SetAsync(session, Email(wrong))).Expect(CodeFailures.CodeInvalid);
        }

        (await Admin.SetAsync(session, Sms(code))).Expect(CodeFailures.OtpCodeMissing);
        (await Admin.SetAsync(await Admin.OpenAsync(contact), Email(code))).Expect(CodeFailures.OtpCodeMissing);
        (await Admin.SetAsync(session, Email(code))).Expect(200);
    }

    [Fact]
    public async Task What_a_challenge_and_a_check_need_is_told_and_nothing_changes()
    {
        var empty = await Admin.OpenAsync();
        (await Admin.SetAsync(empty, new { challenges = new { otpSms = new { } } })).Expect(CodeFailures.SmsWithoutUser);
        (await Admin.SetAsync(empty, new { challenges = new { otpEmail = new { } } })).Expect(CodeFailures.EmailWithoutUser);
        (await Admin.SetAsync(empty, Sms("12345678"))).Expect(CodeFailures.OtpWithoutUser);

        var contact = await Admin.NewContactAsync(withFactors: false);
        var session = await Admin.OpenAsync(contact);
        (await Admin.SetAsync(session, new { challenges = new { otpSms = new { } } })).Expect(CodeFailures.SmsNotReady);
        (await Admin.SetAsync(session, new { challenges = new { otpEmail = new { } } })).Expect(CodeFailures.EmailNotReady);
        (await Admin.SetAsync(session, Email("12345678"))).Expect(CodeFailures.OtpNotReady);
        Assert.Equal(session.Sequence, (await Admin.ReadAsync(session, session.Token)).Expect(200).Number("session.sequence"));
    }

    [Theory]
    [InlineData("""{"challenges":{"otpEmail":{"sendCode":{"urlTemplate":"{{.Code"}}}}""", "DOMAIN-oGh5e")]
    [InlineData("""{"challenges":{"otpEmail":{"sendCode":{"urlTemplate":"https://a.example/{{.Password}}"}}}}""", "DOMAIN-ieYa7")]
    [InlineData("""{"challenges":{"otpEmail":{"sendCode":{"urlTemplate":"/otp?code={{.Code}}"}}}}""", "DOMAIN-oGh5e")]
    [InlineData("""{"challenges":{"otpEmail":{"sendCode":{"urlTemplate":""}}}}""", null)]
    [InlineData("""{"challenges":{"otpEmail":{"sendCode":7}}}""", null)]
    [InlineData("""{"challenges":{"otpSms":{"returnCode":"yes"}}}""", null)]
    [InlineData("""{"checks":{"otpSms":{"code":""}}}""", null)]
    [InlineData("""{"checks":{"otpEmail":{"code":7}}}""", null)]
    public async Task Bad_input_is_refused_and_changes_nothing(string body, string? id)
    {
        var session = await Admin.OpenAsync(await Admin.NewContactAsync());

        var reply = (await Admin.SetAsync(session, new Raw(body))).ExpectRefusal();

        Assert.Equal(400, reply.Status);
        Assert.Equal(id, reply["details.0.id"]?.GetValue<string>());
        Assert.Equal(session.Sequence, (await Admin.ReadAsync(session, session.Token)).Expect(200).Number("session.sequence"));
        (await (await Admin.NewMachineAsync()).Api.SetAsync(session, new Raw(body))).ExpectRefusal();
    }

    [Fact]
    public async Task A_template_is_200_characters_at_most()
    {
        var session = await Admin.OpenAsync(await Admin.NewContactAsync());
        var urlTemplate = $"https://a.example/{new string('a', 183)}";
        (await Admin.SetAsync(session, new { challenges = new { otpEmail = new { sendCode = new { urlTemplate } } } })).ExpectRefusal();
    }

    [Fact]
    public async Task Methods_are_listed_while_they_are_ready()
    {
        var contact = await Admin.NewContactAsync();
        Assert.Equal(["AUTHENTICATION_METHOD_TYPE_OTP_SMS", "AUTHENTICATION_METHOD_TYPE_OTP_EMAIL"], await MethodsAsync(contact));
        (await Admin.PostAsync($"{contact.Path}/otp_sms")).Expect(
            new Failure(409, 6, "COMMAND-Ad3g2", "Multifactor OTP (OneTimePassword) is already set up")
        );

        (await Admin.DeleteAsync($"{contact.Path}/otp_email")).Expect(200);
        (await Admin.DeleteAsync($"{contact.Path}/phone")).Expect(200);

        Assert.Empty(await MethodsAsync(contact));
        (await Admin.DeleteAsync($"{contact.Path}/otp_email")).Expect(
            new Failure(404, 5, "COMMAND-b312D", "Multifactor OTP (OneTimePassword) doesn't exist")
        );
        (await Admin.PostAsync($"{contact.Path}/otp_sms")).Expect(new Failure(400, 9, "COMMAND-Q54j2", "Phone is not verified"));
    }

    private static object Sms(string code) => new { checks = new { otpSms = new { code } } };

    private static object Email(string code) => new { checks = new { otpEmail = new { code } } };

    private async Task<IEnumerable<string>> MethodsAsync(Contact contact) =>
        (await Admin.GetAsync($"{contact.Path}/authentication_methods"))
            .Expect(200)
            .Items("authMethodTypes")
            .Select(item => item.GetValue<string>());

    [GeneratedRegex("[0-9]{8}")]
    private static partial Regex Code();
}

public sealed class SessionCodeTestsOnSqlite(NotifyingSqliteHost host) : SessionCodeTests(host);

public sealed class SessionCodeTestsOnPostgreSql(NotifyingPostgreSqlHost host) : SessionCodeTests(host);
