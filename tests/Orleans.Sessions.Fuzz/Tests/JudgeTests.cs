using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.Fuzz.Oracle;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Tests;

/// <summary>The judge detects what must not happen. Without these tests, a fuzz without findings would prove nothing.</summary>
public sealed class JudgeTests
{
    private static readonly FuzzRequest s_request = new(Surface.Rest, "GET", "/v2/users/2");

    [Theory]
    [InlineData(500, "", false)]
    [InlineData(502, "", false)]
    [InlineData(503, "", false)]
    [InlineData(503, "Retry-After", true)]
    [InlineData(504, "", false)]
    [InlineData(501, "", false)]
    [InlineData(429, "", true)]
    [InlineData(404, "", true)]
    public void Faults_of_the_service_are_found_but_not_those_it_documents(int status, string header, bool isFine)
    {
        var reply = new FuzzReply { Status = status, Headers = header.Length == 0 ? [] : [(header, "1")] };

        Assert.Equal(isFine, !Answers.Judge(Sent(reply)).Any(finding => finding.Fault == Fault.ServerError));
    }

    [Fact]
    public void What_is_not_offered_may_be_answered_with_501_and_what_came_too_late_with_504()
    {
        Assert.Empty(Answers.Judge(Sent(new FuzzReply { Status = 501, Body = Encoding.UTF8.GetBytes("""{"code":12}""") })));
        Assert.Empty(Answers.Judge(Sent(new FuzzReply { Status = 501 }) with { Request = s_request with { Verb = "HEAD" } }));
        Assert.Empty(Answers.Judge(Sent(new FuzzReply { Status = 504 }) with { Request = s_request.With("Connect-Timeout-Ms", "1") }));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(12, true)]
    [InlineData(3, true)]
    [InlineData(2, false)]
    [InlineData(13, false)]
    [InlineData(15, false)]
    public void The_status_of_grpc_counts_as_that_of_http_does(int status, bool isFine) =>
        Assert.Equal(isFine, !Answers.Judge(Sent(new FuzzReply { Status = 200, GrpcStatus = status })).Any());

    [Fact]
    public void A_late_answer_and_none_are_found_unless_everything_was_late()
    {
        var late = Sent(new FuzzReply { Status = 200, Elapsed = TimeSpan.FromSeconds(5) });

        Assert.Equal(Fault.Hang, Assert.Single(Answers.Judge(late)).Fault);
        Assert.Empty(Answers.Judge(late with { Delay = TimeSpan.FromSeconds(1) }));
        Assert.Equal(Fault.Hang, Assert.Single(Answers.Judge(Sent(new FuzzReply { IsLost = true }))).Fault);
        Assert.Empty(Answers.Judge(Sent(new FuzzReply())));
    }

    [Theory]
    [InlineData("System.InvalidOperationException: Sequence contains no elements")]
    [InlineData("   at Orleans.Sessions.Users.UserGrain.GetAsync(Caller caller) in /src/UserGrain.cs:line 10")]
    [InlineData("Npgsql.PostgresException")]
    [InlineData("SQLite Error 1: 'no such table'")]
    public void Traces_are_found_in_answers(string text) =>
        Assert.Contains(Answers.Judge(Sent(new FuzzReply { Status = 400, Body = Encoding.UTF8.GetBytes(text) })), finding =>
            finding.Fault == Fault.Trace
        );

    [Theory]
    [InlineData("https://evil.example/", true)]
    [InlineData("//evil.example", true)]
    [InlineData("/\\evil.example", true)]
    [InlineData("https:\\\\evil.example/a", true)]
    [InlineData(" https://a@evil.example/", true)]
    [InlineData("https://app.example.evil.example/signed-in", true)]
    [InlineData("java\tscript:alert(1)", true)]
    [InlineData("https://app.example/signed-in?next=https://evil.example", false)]
    [InlineData("/ui/v2/login/login?authRequest=V2_1", false)]
    public void Addresses_that_nobody_registered_are_found(string address, bool isEvil)
    {
        Assert.Equal(isEvil, Answers.IsEvil(address));
        Assert.Equal(
            isEvil,
            Answers
                .Judge(Sent(new FuzzReply { Status = 302, Headers = [("Location", address)] }))
                .Any(finding => finding.Fault == Fault.OpenRedirect)
        );
    }

    [Fact]
    public void Headers_and_markup_of_the_client_are_found()
    {
        Assert.Contains(Answers.Judge(Sent(new FuzzReply { Status = 302, Headers = [("X-Injected", "1")] })), finding =>
            finding.Fault == Fault.Injection
        );
        Assert.Contains(
            Answers.Judge(
                Sent(
                    new FuzzReply
                    {
                        Status = 200,
                        Headers = [("Content-Type", "text/html")],
                        Body = Encoding.UTF8.GetBytes("<p><script>fuzz()</script>"),
                    }
                )
            ),
            finding => finding.Fault == Fault.Injection
        );
    }

    [Theory]
    [InlineData(CallerKind.Nobody, "GetGeneralSettings", "", false)]
    [InlineData(CallerKind.Ordinary, "GetGeneralSettings", "", true)]
    [InlineData(CallerKind.Ordinary, "GetUserByID", "1", true)]
    [InlineData(CallerKind.Ordinary, "GetUserByID", "2", false)]
    [InlineData(CallerKind.Ordinary, "AMethodThatIsNew", "1", false)]
    [InlineData(CallerKind.Ordinary, "CreateAdministrator", "1", false)]
    [InlineData(CallerKind.Manager, "CreateClient", "", false)]
    [InlineData(CallerKind.Manager, "SetEmail", "2", true)]
    [InlineData(CallerKind.Manager, "LockUser", "1", false)]
    [InlineData(CallerKind.LoginClient, "CreateSession", "", true)]
    [InlineData(CallerKind.LoginClient, "CreateAdministrator", "2", false)]
    [InlineData(CallerKind.Owner, "CreateClient", "", true)]
    public void Success_is_found_where_there_is_no_right(CallerKind kind, string operation, string target, bool isRight)
    {
        var exchange = Sent(new FuzzReply { Status = 200 }, kind) with
        {
            Meaning = new Meaning(operation, new JsonObject { ["userId"] = target }),
        };

        Assert.Equal(isRight, !Rights.Judge(exchange, SearchValues.Create(["secret"], StringComparison.Ordinal)).Any());
    }

    [Theory]
    [InlineData("a secret", CallerKind.Owner, false)]
    [InlineData(FuzzWorld.PersonMark, CallerKind.Owner, true)]
    [InlineData(FuzzWorld.PersonMark, CallerKind.Manager, false)]
    [InlineData(FuzzWorld.BossMark, CallerKind.Manager, true)]
    [InlineData(FuzzWorld.BossMark, CallerKind.Ordinary, false)]
    public void What_is_private_is_found_where_it_must_not_be_shown(string text, CallerKind kind, bool isRight)
    {
        var exchange = Sent(new FuzzReply { Status = 200, Body = Encoding.UTF8.GetBytes(text) }, kind);

        Assert.Equal(isRight, !Rights.Judge(exchange, SearchValues.Create(["secret"], StringComparison.Ordinal)).Any());
    }

    [Fact]
    public void A_change_of_what_is_watched_is_found()
    {
        var before = new Dictionary<string, string> { ["user 1"] = "a", ["user 2"] = "b" };

        Assert.Null(WatchedState.Difference(before, new Dictionary<string, string>(before)));
        Assert.Contains(
            "user 2",
            WatchedState.Difference(before, new Dictionary<string, string> { ["user 1"] = "a" }),
            StringComparison.Ordinal
        );
    }

    private static Exchange Sent(FuzzReply reply, CallerKind kind = CallerKind.Nobody) =>
        new(new Caller("somebody", kind, null, "1", new Things()), s_request, reply, 0);
}
