using System.Text;

namespace Orleans.Sessions.EndToEnd.Protocol;

/// <summary>Hostile requests get a clear 4xx in the envelope and change nothing. <see cref="Api"/> fails on any 500.</summary>
public abstract class BadInputTests(SharedHost host) : ContractTests(host)
{
    [Theory]
    [InlineData("{")]
    [InlineData("{\"a\"")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("1")]
    [InlineData("{}{}")]
    [InlineData("{} trailing")]
    [InlineData("""{"lifetime":5}""")]
    [InlineData("""{"lifetime":"5"}""")]
    [InlineData("""{"lifetime":"1h"}""")]
    [InlineData("""{"lifetime":"999999999999999s"}""")]
    [InlineData("""{"lifetime":{"seconds":1}}""")]
    [InlineData("""{"metadata":[]}""")]
    [InlineData("""{"metadata":{"a":1}}""")]
    [InlineData("""{"metadata":{"a":"not base64!"}}""")]
    [InlineData("""{"checks":"x"}""")]
    [InlineData("""{"checks":[{}]}""")]
    [InlineData("""{"checks":{"user":"x"}}""")]
    [InlineData("""{"checks":{"user":{"userId":{}}}}""")]
    [InlineData("""{"checks":{"user":{"userId":true}}}""")]
    [InlineData("""{"checks":{"totp":{"code":[]}}}""")]
    [InlineData("""{"checks":{"user":{"userId":"\ud800"}}}""")]
    [InlineData("""{"metadata":{"\ud800":"AQ=="}}""")]
    public async Task A_body_that_cannot_be_read_is_refused(string body)
    {
        var session = await Admin.OpenAsync(new { metadata = Metadata(("kept", "1")) });

        foreach (var reply in new[] { await Admin.CreateSessionAsync(new Raw(body)), await Admin.SetAsync(session, new Raw(body)) })
        {
            reply.Expect(400).ExpectRefusal();
            Assert.Equal(3, reply["code"]!.GetValue<int>());
            Assert.False(reply.Has("details"));
        }

        await NothingChangedAsync(session);
    }

    [Theory]
    [InlineData("""{"userAgent":[]}""")]
    [InlineData("""{"userAgent":{"ip":1}}""")]
    [InlineData("""{"userAgent":{"header":{"a":"b"}}}""")]
    [InlineData("""{"userAgent":{"header":{"a":{"values":"b"}}}}""")]
    [InlineData("""{"userAgent":{"header":{"a":{"values":[{}]}}}}""")]
    [InlineData("""{"userAgent":{"description":"\ud800"}}""")]
    public async Task A_user_agent_that_cannot_be_read_is_refused(string body)
    {
        (await Admin.CreateSessionAsync(new Raw(body))).Expect(400).ExpectRefusal();
    }

    [Theory]
    [InlineData("""{"query":[]}""")]
    [InlineData("""{"query":{"limit":-1}}""")]
    [InlineData("""{"query":{"limit":1.5}}""")]
    [InlineData("""{"query":{"limit":"many"}}""")]
    [InlineData("""{"query":{"offset":-1}}""")]
    [InlineData("""{"query":{"offset":"99999999999999999999999"}}""")]
    [InlineData("""{"query":{"asc":"yes"}}""")]
    [InlineData("""{"queries":{}}""")]
    [InlineData("""{"queries":[{"idsQuery":{"ids":"1"}}]}""")]
    [InlineData("""{"queries":[{"idsQuery":{},"userIdQuery":{}}]}""")]
    [InlineData("""{"queries":[{"creationDateQuery":{"creationDate":"yesterday"}}]}""")]
    [InlineData("""{"queries":[{"creationDateQuery":{"creationDate":"2026-13-01T00:00:00Z"}}]}""")]
    [InlineData("""{"queries":[{"creationDateQuery":{"creationDate":"10000-01-01T00:00:00Z"}}]}""")]
    [InlineData("""{"queries":[{"creationDateQuery":{"method":"NO_SUCH_METHOD"}}]}""")]
    [InlineData("""{"queries":[{"expirationDateQuery":{"method":-1}}]}""")]
    [InlineData("""{"sortingColumn":"NO_SUCH_COLUMN"}""")]
    public async Task A_search_that_cannot_be_read_is_refused(string body)
    {
        (await Admin.PostAsync("/v2/sessions/search", new Raw(body))).Expect(400).ExpectRefusal();
    }

    [Fact]
    public async Task Text_that_is_not_utf8_is_refused()
    {
        byte[][] bodies =
        [
            [.. "{\"userAgent\":{\"description\":\""u8, 0xFF, 0xFE, .. "\"}}"u8],
            [.. "{\"metadata\":{\""u8, 0xC3, 0x28, .. "\":\"AQ==\"}}"u8],
            [.. "{\"checks\":{\"user\":{\"loginName\":\""u8, 0xED, 0xA0, 0x80, .. "\"}}}"u8],
            [0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0],
        ];
        var session = await Admin.OpenAsync(new { metadata = Metadata(("kept", "1")) });

        foreach (var body in bodies)
        {
            (await Admin.CreateSessionAsync(new Raw(body))).Expect(400).ExpectRefusal();
            (await Admin.SetAsync(session, new Raw(body))).Expect(400).ExpectRefusal();
        }

        await NothingChangedAsync(session);
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_refused()
    {
        var session = await Admin.OpenAsync(new { metadata = Metadata(("kept", "1")) });
        var body = new Raw($$$$"""{"metadata":{"a":"{{{{new string('A', 10 * 1024 * 1024)}}}}"}}""");

        (await Admin.CreateSessionAsync(body)).ExpectRefusal();
        (await Admin.SetAsync(session, body)).ExpectRefusal();

        await NothingChangedAsync(session);
    }

    [Fact]
    public async Task A_body_of_unsaid_length_is_refused_when_it_gets_too_long()
    {
        using var content = new StreamContent(new Endless());
        try
        {
            (await Admin.SendAsync(HttpMethod.Post, "/v2/sessions", content)).ExpectRefusal();
        }
        catch (HttpRequestException)
        {
            // The service answered and closed the connection while the request was still being sent.
        }

        await Admin.OpenAsync();
    }

    [Theory]
    [InlineData("""{"unknown":""", "[", "]", "}")]
    [InlineData("""{"checks":{"webAuthN":{"credentialAssertionData":""", """{"a":""", "}", "}}}")]
    [InlineData("""{"unknown":""", """{"a":""", "}", "}")]
    public async Task A_body_that_is_nested_ten_thousand_times_is_refused(string head, string open, string close, string tail)
    {
        var body = new StringBuilder(head)
            .Insert(head.Length, open, 10_000)
            .Append('1')
            .Insert(head.Length + (open.Length * 10_000) + 1, close, 10_000)
            .Append(tail);

        (await Admin.CreateSessionAsync(new Raw(body.ToString()))).Expect(400).ExpectRefusal();
    }

    [Fact]
    public async Task Searches_nested_ten_thousand_times_are_refused()
    {
        var open = string.Concat(Enumerable.Repeat("""{"notQuery":{"query":""", 10_000));
        var close = string.Concat(Enumerable.Repeat("}}", 10_000));

        (await Admin.PostAsync("/v2/users", new Raw($$$$"""{"queries":[{{{{open}}}}{"inUserIdsQuery":{}}{{{{close}}}}]}""")))
            .Expect(400)
            .ExpectRefusal();
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("a%00b")]
    [InlineData("1%0d%0aX-Injected:1")]
    [InlineData("%ff%fe")]
    [InlineData("%ED%A0%80")]
    public async Task Ids_in_paths_may_be_any_bytes(string id)
    {
        foreach (
            var reply in new[]
            {
                await Admin.GetAsync($"/v2/sessions/{id}"),
                await Admin.PatchAsync($"/v2/sessions/{id}", new { metadata = Metadata(("a", "1")) }),
                await Admin.GetAsync($"/v2/sessions/1?sessionToken={id}"),
                await Admin.GetAsync($"/v2/users/{id}"),
            }
        )
        {
            Assert.InRange(reply.Status, 400, 499);
            Assert.Null(reply.Header("x-injected"));
        }
    }

    [Fact]
    public async Task A_nul_in_a_text_is_refused()
    {
        (await Admin.CreateSessionAsync(new { checks = new { user = new { userId = "a\0b" } } })).ExpectRefusal();
        (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = "a\0b" } } })).ExpectRefusal();
        (await Admin.PostAsync("/v2/users/human", HumanBody("nul\0name"))).ExpectRefusal();
        (await Admin.PostAsync("/v2/users/new", new { organizationId = "o\0rg", machine = new { name = "m" } })).ExpectRefusal();
        foreach (
            var query in new object[]
            {
                OfUser("a\0b"),
                OfBrowser("a\0b"),
                new { creatorQuery = new { id = "a\0b" } },
                new { idsQuery = new { ids = new[] { "a\0b" } } },
            }
        )
        {
            (await Admin.SearchAsync(query)).Expect(400).ExpectRefusal();
        }

        foreach (var userAgent in new object[] { new { fingerprintId = "a\0b" }, new { description = "a\0b" } })
        {
            (await Admin.CreateSessionAsync(new { userAgent })).Expect(400).ExpectRefusal();
        }
    }

    /// <summary>
    /// A statement that fails because of such a text would lose the prepared statements of its connection. The next statement on that
    /// connection would then fail too.
    /// </summary>
    [Fact]
    public async Task What_no_database_takes_reaches_none_and_spoils_nothing_for_others()
    {
        var human = await Admin.NewHumanAsync();
        var stranger = Admin.As(null);
        for (var round = 0; round < 10; round++)
        {
            foreach (var name in new[] { $"a\0{round}", $"\0{round}" })
            {
                var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:x"));
                var encoded = Uri.EscapeDataString(name);
                foreach (var path in new[] { "token", "introspect", "revoke", "par", "device_authorization" })
                {
                    await RefusedAsync(
                        stranger.With("Authorization", $"Basic {basic}"),
                        HttpMethod.Post,
                        $"/oauth/v2/{path}",
                        "grant_type=client_credentials&token=x"
                    );
                    await RefusedAsync(
                        stranger,
                        HttpMethod.Post,
                        $"/oauth/v2/{path}",
                        $"grant_type=client_credentials&token={encoded}&client_id={encoded}&client_secret={encoded}&login_hint={encoded}"
                    );
                }

                await RefusedAsync(
                    stranger,
                    HttpMethod.Get,
                    $"/oauth/v2/authorize?client_id={encoded}&response_type=code&scope=openid&login_hint={encoded}"
                );
                await RefusedAsync(stranger, HttpMethod.Get, $"/idps/callback?state={encoded}&code={encoded}");
                await RefusedAsync(stranger, HttpMethod.Post, "/idps/callback", $"state={encoded}&code={encoded}");
                await RefusedAsync(Admin, HttpMethod.Get, $"/v2/users/{encoded}");
                await RefusedAsync(Admin, HttpMethod.Get, $"/v2/sessions/{encoded}?sessionToken={encoded}");
                await RefusedAsync(Admin.With("x-zitadel-public-host", "%00"), HttpMethod.Get, $"/v2/oidc/auth_requests/{encoded}");
                (
                    await Admin.PostAsync(
                        "/v2/users",
                        new { queries = new[] { new { loginNameQuery = new { loginName = name, method = "TEXT_QUERY_METHOD_CONTAINS" } } } }
                    )
                ).Expect(400);
            }

            (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = human.LoginName } } })).Expect(201);
            (await Admin.With("Cookie", "a=\u0001;;=;b=%00").GetAsync($"/v2/users/{human.Id}")).Expect(200);
        }

        static async Task RefusedAsync(Api api, HttpMethod method, string path, string? form = null)
        {
            using var content = form is null ? null : new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded");
            var reply = await api.SendAsync(method, path, content);
            Assert.True(reply.Status is >= 400 and < 500, reply.Explain("a refusal"));
        }
    }

    [Fact]
    public async Task Large_user_agents_are_refused()
    {
        (await Admin.CreateSessionAsync(new { userAgent = new { description = new string('x', 100_000) } })).ExpectRefusal();
        (
            await Admin.CreateSessionAsync(
                new
                {
                    userAgent = new
                    {
                        header = Enumerable.Range(0, 5000).ToDictionary(i => $"header-{i}", _ => new { values = new[] { "x" } }),
                    },
                }
            )
        ).ExpectRefusal();
    }

    [Fact]
    public async Task Many_ids_and_many_queries_are_refused()
    {
        var (tooLong, tooComplex) = ("QUERY-Long1", "QUERY-Deep1");
        await RefusedAsync(tooLong, Admin.SearchAsync(new { idsQuery = new { ids = Many(1001) } }));
        await RefusedAsync(tooComplex, Admin.SearchAsync([.. Enumerable.Repeat(OfUser("1"), 21)]));
        await RefusedAsync(tooComplex, Admin.SearchAsync([.. Enumerable.Repeat(OfBrowser("1"), 5000)]));
        await RefusedAsync(
            tooLong,
            UsersAsync(new { inUserIdsQuery = new { userIds = Many(600) } }, new { inUserEmailsQuery = new { userEmails = Many(600) } })
        );
        await RefusedAsync(tooComplex, UsersAsync([.. Enumerable.Repeat(new { andQuery = new { } }, 3000)]));
        await RefusedAsync(tooComplex, UsersAsync(new { orQuery = new { queries = Enumerable.Repeat(new { andQuery = new { } }, 20) } }));

        static string[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => $"{i}")];
        Task<Reply> UsersAsync(params object[] queries) => Admin.PostAsync("/v2/users", new { queries });
        async Task RefusedAsync(string id, Task<Reply> search)
        {
            var reply = (await search).Expect(400).ExpectRefusal();
            Assert.Equal(id, reply.Text("details.0.id"));
            Assert.StartsWith("queries: ", reply.Text("message"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_refused_whatever_it_says_it_is()
    {
        foreach (var contentType in new[] { "text/plain", "application/x-www-form-urlencoded", "application/xml", "application/grpc" })
        {
            using var content = new ByteArrayContent("a=b"u8.ToArray());
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            Assert.InRange((await Admin.SendAsync(HttpMethod.Post, "/v2/sessions", content)).Status, 400, 499);
        }
    }

    /// <summary>Up to 20 MB of spaces, without a known length.</summary>
    private sealed class Endless : Stream
    {
        private int _left = 20 * 1024 * 1024;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = Math.Min(count, _left);
            buffer.AsSpan(offset, read).Fill((byte)' ');
            _left -= read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private async Task NothingChangedAsync(OpenSession session)
    {
        var read = (await Admin.ReadAsync(session, session.Token)).Expect(200);
        Assert.Equal(session.Sequence, read.Number("session.sequence"));
        Assert.Equal(["kept"], MetadataOf(read).Keys);
    }
}

public sealed class BadInputTestsOnSqlite(SqliteHost host) : BadInputTests(host);

public sealed class BadInputTestsOnPostgreSql(PostgreSqlHost host) : BadInputTests(host);
