using Grpc.Core;
using Grpc.Net.Client;
using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>When a session was last used, as clients of every protocol read it.</summary>
public abstract class LastUseTests(SharedHost host) : ContractTests(host)
{
    /// <summary>A use is noted after a tenth of it.</summary>
    private const string IdleTimeout = "30s";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_new_session_was_last_used_when_it_was_created()
    {
        var session = await Admin.OpenAsync();

        var read = (await Admin.ReadAsync(session)).Expect(200);

        Assert.Equal(read.Text("session.changeDate"), read.Text("session.lastUsedDate"));
    }

    [Fact]
    public async Task User_info_and_a_refresh_move_the_date_and_a_look_from_outside_does_not()
    {
        var client = await RelyingParty.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(new { checks = (await Admin.NewHumanAsync()).WithPassword, idleTimeout = IdleTimeout });
        var tokens = await client.SignInAsync(session);

        var moved = await MovedAsync(session, since: null, async () =>
            (await Admin.As(tokens.Text("access_token")).GetAsync("/oidc/v1/userinfo")).Expect(200)
        );
        Assert.True(moved.Date("session.lastUsedDate") > moved.Date("session.changeDate"));
        Assert.Equal(moved.Date("session.lastUsedDate").AddSeconds(30), moved.Date("session.expirationDate"), TimeSpan.FromMilliseconds(1));

        var again = (await Admin.ReadAsync(session)).Expect(200);
        Assert.Equal(moved.Text("session.lastUsedDate"), again.Text("session.lastUsedDate"));
        Assert.Equal(moved.Text("session.sequence"), again.Text("session.sequence"));

        await MovedAsync(session, moved.Date("session.lastUsedDate"), async () =>
            tokens = (await client.RefreshAsync(tokens.Text("refresh_token"))).Expect(200)
        );
    }

    [Fact]
    public async Task Every_protocol_tells_the_same_date()
    {
        var session = await Admin.OpenAsync(new { idleTimeout = IdleTimeout });
        var moved = await MovedAsync(session, since: null, async () => (await Admin.ReadAsync(session, session.Token)).Expect(200));
        var date = moved.Text("session.lastUsedDate");

        var searched = (await Admin.SearchAsync(new { idsQuery = new { ids = new[] { session.Id } } })).Expect(200);
        Assert.Equal(date, searched.Text("sessions.0.lastUsedDate"));
        const string Service = "/zitadel.session.v2.SessionService";
        var connect = (await Admin.PostAsync($"{Service}/GetSession", new { sessionId = session.Id })).Expect(200);
        Assert.Equal(date, connect.Text("session.lastUsedDate"));
        using var channel = GrpcChannel.ForAddress(Admin.Host.Address);
        var grpc = await new SessionService.SessionServiceClient(channel).GetSessionAsync(
            new GetSessionRequest { SessionId = session.Id },
            new Metadata { { "authorization", $"Bearer {Admin.Token}" } },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(moved.Date("session.lastUsedDate"), grpc.Session.LastUsedDate.ToDateTimeOffset());
    }

    /// <summary>Uses the session until its last use is later, and returns the session as the administrator reads it.</summary>
    private Task<Reply> MovedAsync(OpenSession session, DateTimeOffset? since, Func<Task> useAsync) =>
        Eventually.GetAsync(
            async () =>
            {
                await useAsync();
                return (await Admin.ReadAsync(session)).Expect(200);
            },
            read => read.Date("session.lastUsedDate") > (since ?? read.Date("session.changeDate")),
            s_patience,
            "a later use"
        );
}

public sealed class LastUseTestsOnSqlite(SqliteHost host) : LastUseTests(host);

public sealed class LastUseTestsOnPostgreSql(PostgreSqlHost host) : LastUseTests(host);
