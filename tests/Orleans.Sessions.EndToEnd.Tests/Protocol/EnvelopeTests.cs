namespace Orleans.Sessions.EndToEnd.Protocol;

/// <summary>The envelopes of replies: contract §9.2, §9.4 and the headers of §1.1. They do not depend on the storage.</summary>
public sealed class EnvelopeTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task No_authorization_header_is_401_with_a_challenge()
    {
        var reply = (await Admin.As(null).GetAsync("/v2/sessions/1")).Expect(Failures.NoToken);

        Assert.Equal("""{"code":16,"message":"auth header missing"}""", Compact(reply));
        Assert.NotNull(reply.Header("www-authenticate"));
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("token")]
    [InlineData("Bearer Bearer token")]
    public async Task A_header_that_is_not_bearer_is_401(string header)
    {
        (await Admin.As(null).With("Authorization", header).GetAsync("/v2/sessions/1")).Expect(Failures.NotBearer);
    }

    [Fact]
    public async Task A_token_that_is_unknown_is_401()
    {
        (await Admin.As("unknown").GetAsync("/v2/sessions/1")).Expect(Failures.BadToken);
        (await Admin.As(Admin.Token![..^1]).GetAsync("/v2/sessions/1")).Expect(Failures.BadToken);
        (await Admin.As(Admin.Token! + "x").GetAsync("/v2/sessions/1")).Expect(Failures.BadToken);
        (await Admin.As(new string('a', 8000)).GetAsync("/v2/sessions/1")).Expect(Failures.BadToken);
    }

    [Fact]
    public async Task Without_a_caller_it_does_not_matter_what_is_wrong_with_the_request()
    {
        (await Admin.As(null).CreateSessionAsync(new { lifetime = "-1s" })).Expect(Failures.NoToken);
        (await Admin.As("unknown").CreateSessionAsync(new { lifetime = "-1s" })).Expect(Failures.BadToken);
        (await Admin.As(null).GetAsync($"/v2/sessions/{new string('1', 201)}")).Expect(Failures.NoToken);
    }

    [Fact]
    public async Task An_error_has_code_message_and_one_detail()
    {
        Assert.Equal(
            """
            {"code":5,"message":"Session does not exist (QUERY-SFeaa)","details":[{"@type":"type.googleapis.com/zitadel.v1.ErrorDetail","id":"QUERY-SFeaa","message":"Session does not exist"}]}
            """,
            Compact((await Admin.GetAsync("/v2/sessions/1")).Expect(404))
        );
    }

    [Fact]
    public async Task A_wrong_password_has_a_detail_that_counts()
    {
        var human = await Admin.NewHumanAsync();

        Assert.Equal(
            """
            {"code":3,"message":"Password is invalid (COMMAND-3M0fs)","details":[{"@type":"type.googleapis.com/zitadel.v1.CredentialsCheckError","id":"COMMAND-3M0fs","message":"Password is invalid","failedAttempts":1}]}
            """,
            Compact(
                (
                    await Admin.CreateSessionAsync(
                        new { checks = new { user = new { userId = human.Id }, password = new { password = "x" } } }
                    )
                ).Expect(400)
            )
        );
    }

    [Fact]
    public async Task An_error_without_an_id_ends_with_empty_parentheses()
    {
        var (first, second) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var session = await Admin.OpenAsync(new { checks = first.OnlyUser });

        Assert.Equal(
            "user change not possible ()",
            (await Admin.SetAsync(session, new { checks = second.OnlyUser })).Expect(400).Text("message")
        );
    }

    [Theory]
    [InlineData("GET", "/v2/nothing")]
    [InlineData("POST", "/v2/sessions/1/2/3")]
    [InlineData("GET", "/v3/sessions")]
    [InlineData("POST", "/nothing")]
    public async Task An_unknown_path_is_404(string method, string path)
    {
        (await Admin.SendAsync(new HttpMethod(method), path)).Expect(Failures.NoSuchPath);
    }

    [Fact]
    public async Task An_unknown_path_is_404_for_nobody_too()
    {
        (await Admin.As(null).GetAsync("/v2/nothing")).Expect(Failures.NoSuchPath);
    }

    [Theory]
    [InlineData("PUT", "/v2/sessions/1")]
    [InlineData("POST", "/v2/sessions/1")]
    [InlineData("GET", "/v2/sessions")]
    [InlineData("DELETE", "/v2/sessions")]
    [InlineData("PUT", "/v2/sessions/search")]
    [InlineData("PUT", "/v2/users/human")]
    public async Task A_wrong_method_is_405(string method, string path)
    {
        (await Admin.SendAsync(new HttpMethod(method), path, method == "GET" ? null : new { })).Expect(Failures.NoSuchMethod);
    }

    [Fact]
    public async Task Every_reply_has_a_request_id_of_its_own()
    {
        var session = await Admin.OpenAsync();
        Reply[] replies =
        [
            await Admin.CreateSessionAsync(new { }),
            await Admin.ReadAsync(session),
            await Admin.GetAsync("/v2/sessions/1"),
            await Admin.As(null).GetAsync("/v2/sessions/1"),
            await Admin.CreateSessionAsync(new { lifetime = "0s" }),
            await Admin.CreateSessionAsync(new Raw("{")),
            await Admin.GetAsync("/v2/nothing"),
            await Admin.PutAsync("/v2/sessions/1"),
        ];

        var ids = replies.Select(reply => reply.Header("x-request-id")).ToList();

        Assert.All(ids, id => Assert.False(string.IsNullOrEmpty(id)));
        Assert.Equal(replies.Length, ids.Distinct().Count());
    }

    [Fact]
    public async Task Replies_must_not_be_stored()
    {
        var session = await Admin.OpenAsync();

        foreach (var reply in new[] { await Admin.ReadAsync(session), await Admin.SearchAsync(), await Admin.CreateSessionAsync(new { }) })
        {
            Assert.Equal("no-store", reply.Header("cache-control"));
            Assert.Equal("no-cache", reply.Header("pragma"));
            Assert.NotNull(reply.Header("expires"));
        }
    }

    [Fact]
    public async Task Health_and_documentation_need_no_caller()
    {
        var nobody = Admin.As(null);

        (await nobody.GetAsync("/debug/healthz")).Expect(200);
        (await nobody.GetAsync("/debug/ready")).Expect(200);
        var document = (await nobody.GetAsync("/openapi/v2.json")).Expect(200);
        Assert.StartsWith("3.1", document.Text("openapi"), StringComparison.Ordinal);
        Assert.Contains(
            "/v2/sessions/{sessionId}",
            document["paths"]!.AsObject().Select(path => path.Key.Replace("session_id", "sessionId", StringComparison.Ordinal))
        );
        Assert.Contains("<html", await DocsAsync(nobody), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> DocsAsync(Api nobody)
    {
        var docs = await nobody.GetAsync("/docs");
        return docs.Status is 301 or 302 or 307 or 308
            ? (await nobody.GetAsync(docs.Header("location")!)).Expect(200).Body
            : docs.Expect(200).Body;
    }

    private static string Compact(Reply reply) =>
        reply.Json!.ToJsonString(
            new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
}
