namespace Orleans.Sessions.EndToEnd.Protocol;

/// <summary>Proto JSON in ZITADEL's form: contract §1.3.</summary>
public sealed class JsonConventionTests(SqliteHost host) : ContractTests(host)
{
    private const string Ignored = "sessions-ignored-fields";

    [Fact]
    public async Task Names_may_come_in_camel_case_and_in_snake_case()
    {
        var human = await Admin.NewHumanAsync();

        var session = await Admin.OpenAsync(
            new Raw(
                $$$$"""
                {"user_agent":{"fingerprint_id":"fp-1"},"checks":{"user":{"login_name":"{{{{human.LoginName}}}}"}}}
                """
            )
        );

        var read = (await Admin.ReadAsync(session)).Expect(200);
        Assert.Equal("fp-1", read.Text("session.userAgent.fingerprintId"));
        Assert.Equal(human.Id, read.Text("session.factors.user.id"));
        Assert.Equal([session.Id], (
                await Admin.PostAsync(
                    "/v2/sessions/search",
                    new Raw(
                        $$$$"""
                        {"sorting_column":"SESSION_FIELD_NAME_CREATION_DATE","queries":[{"user_id_query":{"id":"{{{{human.Id}}}}"}}]}
                        """
                    )
                )
            ).Expect(200).Texts("sessions", "id"));
    }

    [Theory]
    [InlineData("web_auth_n", """{"credential_assertion_data":{"id":"x"}}""")]
    [InlineData("webAuthN", """{"credentialAssertionData":{"id":"x"}}""")]
    [InlineData("otp_sms", """{"code":"12345678"}""")]
    [InlineData("otpSms", """{"code":"12345678"}""")]
    [InlineData("otp_email", """{"code":"12345678"}""")]
    [InlineData("otpEmail", """{"code":"12345678"}""")]
    [InlineData("idp_intent", """{"idp_intent_id":"1","idp_intent_token":"x"}""")]
    [InlineData("idpIntent", """{"idpIntentId":"1","idpIntentToken":"x"}""")]
    [InlineData("recovery_code", """{"code":"abcde-fghij"}""")]
    [InlineData("recoveryCode", """{"code":"abcde-fghij"}""")]
    public async Task The_irregular_names_are_known(string name, string check)
    {
        var reply = await Admin.CreateSessionAsync(new Raw($$$$"""{"checks":{"{{{{name}}}}":{{{{check}}}}}}"""));

        Assert.True(reply.Status != 201, reply.Explain("the check not to be ignored"));
    }

    [Fact]
    public async Task Unknown_fields_are_ignored_at_every_level_and_named_in_a_header()
    {
        var created = (
            await Admin.CreateSessionAsync(
                new Raw("""{"unknown":{"deep":[1,{"x":null}]},"userAgent":{"fingerprintId":"fp-1","unknown":[]},"check":{},"_":"1"}""")
            )
        ).Expect(201);

        Assert.Equal("unknown, userAgent.unknown, check, _", created.Header(Ignored));
        var read = (await Admin.GetAsync($"/v2/sessions/{created.Text("sessionId")}")).Expect(200);
        Assert.Equal("fp-1", read.Text("session.userAgent.fingerprintId"));
        Assert.Null(read.Header(Ignored));
        var found = (
            await Admin.PostAsync(
                "/v2/sessions/search",
                new Raw("""{"query":{"limit":1,"cursor":"x"},"queries":[{"idsQuery":{"ids":["1"],"x":1}}]}""")
            )
        ).Expect(200);
        Assert.Equal("query.cursor, queries[0].idsQuery.x", found.Header(Ignored));
    }

    [Theory]
    [InlineData("""{"checks":{"otp":{"code":"123456"}}}""", "checks.otp")]
    [InlineData("""{"checks":{"totp":{"code":"123456","digits":6}}}""", "checks.totp.digits")]
    [InlineData("""{"challenges":{"otpSMS":{}}}""", "challenges.otpSMS")]
    public async Task An_unknown_check_or_challenge_is_refused_and_nothing_changes(string body, string path)
    {
        var session = await Admin.OpenAsync();

        foreach (var reply in new[] { await Admin.CreateSessionAsync(new Raw(body)), await Admin.SetAsync(session, new Raw(body)) })
        {
            reply.Expect(400);
            Assert.StartsWith($"proto: unknown field {path}: ", reply.Text("message"), StringComparison.Ordinal);
        }

        Assert.Equal(session.Sequence, (await Admin.ReadAsync(session)).Expect(200).Number("session.sequence"));
    }

    [Fact]
    public async Task Names_mind_the_case()
    {
        var session = await Admin.OpenAsync(new Raw("""{"CHECKS":{"user":{"userId":"nobody"}},"Metadata":{"a":"AQ=="}}"""));

        Assert.Equal(2, session.Sequence);
    }

    [Fact]
    public async Task Null_is_as_absent()
    {
        var session = await Admin.OpenAsync(
            new Raw(
                """
                {"checks":null,"metadata":null,"challenges":null,"userAgent":{"fingerprintId":null,"ip":null,"header":null},"lifetime":null}
                """
            )
        );

        Assert.Equal(2, session.Sequence);
        Assert.False((await Admin.ReadAsync(session)).Expect(200).Has("session.userAgent"));
    }

    [Fact]
    public async Task An_empty_optional_text_is_not_as_absent()
    {
        var session = await Admin.OpenAsync(new { userAgent = new { fingerprintId = "", description = "" } });

        var agent = (await Admin.ReadAsync(session)).Expect(200)["session.userAgent"]!.AsObject();

        Assert.Equal("", agent["fingerprintId"]!.GetValue<string>());
        Assert.Equal("", agent["description"]!.GetValue<string>());
        Assert.False(agent.ContainsKey("ip"));
    }

    [Fact]
    public async Task Large_numbers_go_out_as_texts_and_come_in_as_either()
    {
        var human = await Admin.NewHumanAsync();
        var (first, second) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human));

        foreach (var offset in new[] { "1", "\"1\"" })
        {
            var found = (
                await Admin.PostAsync(
                    "/v2/sessions/search",
                    new Raw(
                        $$$$"""
                        {"query":{"offset":{{{{offset}}}},"limit":1},"queries":[{"userIdQuery":{"id":"{{{{human.Id}}}}"}}]}
                        """
                    )
                )
            ).Expect(200);
            Assert.Equal("2", found.Text("details.totalResult"));
            Assert.Equal([first.Id], found.Texts("sessions", "id"));
        }

        Assert.Equal("4", (await Admin.ReadAsync(second)).Expect(200).Text("session.sequence"));
    }

    [Theory]
    [InlineData("\"SESSION_FIELD_NAME_CREATION_DATE\"")]
    [InlineData("1")]
    public async Task Enums_come_in_by_name_and_by_number(string column)
    {
        (
            await Admin.PostAsync(
                "/v2/sessions/search",
                new Raw(
                    $$$"""
                    {"sortingColumn":{{{column}}},"queries":[{"creationDateQuery":{"creationDate":"2026-01-01T00:00:00Z","method":1}}]}
                    """
                )
            )
        ).Expect(200);
    }

    [Theory]
    [InlineData("2100-01-01T00:00:00Z")]
    [InlineData("2100-01-01T02:00:00+02:00")]
    [InlineData("2100-01-01T00:00:00.123Z")]
    [InlineData("2100-01-01T00:00:00.123456789Z")]
    public async Task Times_come_in_with_any_offset_and_precision(string creationDate)
    {
        var session = await Admin.OpenAsync();

        Assert.Equal(
            [session.Id],
            await Admin.FindAsync(
                new { idsQuery = new { ids = new[] { session.Id } } },
                new { creationDateQuery = new { creationDate, method = "TIMESTAMP_QUERY_METHOD_LESS" } }
            )
        );
    }

    [Theory]
    [InlineData("""{"checks":{"user":{"userId":"1","loginName":"a"}}}""")]
    [InlineData("""{"challenges":{"otpEmail":{"sendCode":{},"returnCode":{}}}}""")]
    public async Task Two_members_of_one_choice_are_an_error(string body)
    {
        var reply = (await Admin.CreateSessionAsync(new Raw(body))).Expect(400);

        Assert.Equal(3, reply["code"]!.GetValue<int>());
        Assert.False(reply.Has("details"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json")]
    public async Task A_body_is_json_with_or_without_charset(string contentType)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        (await Admin.SendAsync(HttpMethod.Post, "/v2/sessions", content)).Expect(201);
    }

    [Fact]
    public async Task Replies_are_json_without_empty_members()
    {
        var human = await Admin.NewHumanAsync();
        await Admin.OpenAsync(human);

        var found = (await Admin.SearchAsync(OfUser(human.Id))).Expect(200);

        Assert.StartsWith("application/json", found.Header("content-type"), StringComparison.Ordinal);
        Assert.DoesNotContain("[]", found.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("{}", found.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("null", found.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(":\"\"", found.Body.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
