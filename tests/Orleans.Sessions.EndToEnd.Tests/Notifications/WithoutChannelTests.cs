using Orleans.Sessions.EndToEnd.Notifications.Harness;

namespace Orleans.Sessions.EndToEnd.Notifications;

/// <summary>An installation without channels refuses requests to send a code, and works with returned codes.</summary>
public sealed class WithoutChannelTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task What_must_be_sent_is_refused_and_what_is_returned_works()
    {
        var contact = await Admin.NewContactAsync();
        var session = await Admin.OpenAsync(contact);
        (await Admin.SetAsync(session, new { challenges = new { otpEmail = new { } } })).Expect(CodeFailures.NoEmailChannel);
        (await Admin.SetAsync(session, new { challenges = new { otpSms = new { } } })).Expect(CodeFailures.NoSmsChannel);
        (await Admin.PostAsync($"{contact.Path}/password_reset")).Expect(CodeFailures.NoEmailChannel);
        Assert.Equal(session.Sequence, (await Admin.ReadAsync(session, session.Token)).Expect(200).Number("session.sequence"));

        var code = (await Admin.SetAsync(session, new { challenges = new { otpSms = new { returnCode = true } } }))
            .Expect(200)
            .Text("challenges.otpSms");
        (await Admin.SetAsync(session, new { checks = new { otpSms = new { code } } })).Expect(200);
    }

    [Fact]
    public async Task A_person_can_be_made_without_saying_anything_about_a_code()
    {
        var email = $"{Unique("mail")}@example.com";
        var id = (await Admin.PostAsync("/v2/users/human", Contacts.Body(Unique("new"), new { email }))).Expect(200).Text("userId");

        (await Admin.PostAsync($"/v2/users/{id}/email/verify", new { verificationCode = "AAAAAA" })).ExpectRefusal();
        (await Admin.PostAsync($"/v2/users/{id}/email/send")).Expect(CodeFailures.NoEmailChannel);
        var username = Unique("new");
        (await Admin.PostAsync("/v2/users/human", Contacts.Body(username, new { email, sendCode = new { } }))).Expect(
            CodeFailures.NoEmailChannel
        );
        (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = username } } })).Expect(Failures.NoSuchUser);
    }

    [Fact]
    public async Task Nothing_is_shown_unless_that_is_asked_for() => (await Admin.GetAsync("/debug/outbox")).Expect(Failures.NoSuchPath);
}
