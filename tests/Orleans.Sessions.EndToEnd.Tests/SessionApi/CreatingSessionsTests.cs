namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>CreateSession: contract §1.2, §1.4, §10.</summary>
public abstract class CreatingSessionsTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task An_empty_request_makes_an_empty_session()
    {
        var reply = (await Admin.CreateSessionAsync(new { })).Expect(201);

        Assert.Matches("^[0-9]{1,20}$", reply.Text("sessionId"));
        Assert.Equal(2, reply.Number("details.sequence"));
        Assert.False(reply.Has("challenges"));
    }

    [Fact]
    public async Task The_token_is_short_and_safe_in_urls()
    {
        var session = await Admin.OpenAsync();

        Assert.Matches("^[A-Za-z0-9_-]{40,120}$", session.Token);
    }

    [Fact]
    public async Task The_sequence_counts_the_events_of_the_session()
    {
        var human = await Admin.NewHumanAsync();

        Assert.Equal(3, (await Admin.OpenAsync(new { checks = human.OnlyUser })).Sequence);
        Assert.Equal(4, (await Admin.OpenAsync(human)).Sequence);
        Assert.Equal(
            5,
            (
                await Admin.OpenAsync(
                    new
                    {
                        checks = human.OnlyUser,
                        metadata = Metadata(("a", "b")),
                        lifetime = "60s",
                    }
                )
            ).Sequence
        );
    }

    [Fact]
    public async Task All_sessions_belong_to_the_instance_and_not_to_an_organization()
    {
        var human = await Admin.NewHumanAsync(organizationId: Unique("org"));

        var owner = (await Admin.CreateSessionAsync(new { })).Expect(201).Text("details.resourceOwner");

        Assert.Equal(owner, (await Admin.CreateSessionAsync(new { checks = human.OnlyUser })).Expect(201).Text("details.resourceOwner"));
        Assert.NotEqual(human.OrganizationId, owner);
    }

    [Fact]
    public async Task Everything_asked_for_in_one_request_is_in_the_session()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);

        var session = await Admin.OpenAsync(
            new
            {
                checks = new
                {
                    user = new { loginName = human.LoginName },
                    password = new { password = human.Password },
                    totp = new { code = TotpCode.Now(human.TotpSecret) },
                },
                metadata = Metadata(("flow", "web")),
                userAgent = new { fingerprintId = "fp-1", ip = "203.0.113.7" },
                lifetime = "3600s",
            }
        );

        var read = (await Admin.ReadAsync(session)).Expect(200);
        Assert.Equal(7, session.Sequence);
        Assert.Equal(human.Id, read.Text("session.factors.user.id"));
        Assert.True(read.Has("session.factors.password.verifiedAt"));
        Assert.True(read.Has("session.factors.totp.verifiedAt"));
        Assert.Equal("web", MetadataOf(read)["flow"]);
        Assert.Equal("fp-1", read.Text("session.userAgent.fingerprintId"));
        Assert.True(read.Has("session.expirationDate"));
    }

    [Fact]
    [Asvs("7.2.2")]
    public async Task Each_session_has_an_id_and_a_token_of_its_own()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Admin.OpenAsync()));

        Assert.Equal(20, sessions.Select(session => session.Id).Distinct().Count());
        Assert.Equal(20, sessions.Select(session => session.Token).Distinct().Count());
    }
}

public sealed class CreatingSessionsTestsOnSqlite(SqliteHost host) : CreatingSessionsTests(host);

public sealed class CreatingSessionsTestsOnPostgreSql(PostgreSqlHost host) : CreatingSessionsTests(host);
