namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>AddHumanUser, CreateUser, GetUserByID: contract §11.1.</summary>
public abstract class CreatingUsersTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_person_comes_back_as_it_was_given()
    {
        var (username, organizationId) = (Unique("human"), Unique("org"));
        var created = (
            await Admin.PostAsync(
                "/v2/users/human",
                new
                {
                    username,
                    organization = new { orgId = organizationId },
                    profile = new
                    {
                        givenName = "Minnie",
                        familyName = "Mouse",
                        nickName = "Mini",
                        displayName = "Minnie M.",
                        preferredLanguage = "de",
                        gender = "GENDER_FEMALE",
                    },
                    email = new { email = $"{username}@example.com", isVerified = true },
                    phone = new { phone = "+41 79 123 45 67", isVerified = true },
                    password = new { password = Password, changeRequired = true },
                }
            )
        ).Expect(200);

        var read = (await Admin.GetAsync($"/v2/users/{created.Text("userId")}")).Expect(200);

        Assert.Equal(organizationId, created.Text("details.resourceOwner"));
        Assert.True(created.Has("details.changeDate"));
        Assert.Equal(created.Text("userId"), read.Text("user.userId"));
        Assert.Equal("USER_STATE_ACTIVE", read.Text("user.state"));
        Assert.Equal(username, read.Text("user.username"));
        Assert.Equal(username, read.Text("user.preferredLoginName"));
        Assert.Equal(username, read.Text("user.loginNames.0"));
        Assert.Equal(organizationId, read.Text("user.details.resourceOwner"));
        Assert.Equal(
            """{"givenName":"Minnie","familyName":"Mouse","nickName":"Mini","displayName":"Minnie M.","preferredLanguage":"de","gender":"GENDER_FEMALE"}""",
            read["user.human.profile"]!.ToJsonString()
        );
        Assert.Equal($$$$"""{"email":"{{{{username}}}}@example.com","isVerified":true}""", read["user.human.email"]!.ToJsonString());
        Assert.Equal("+41791234567", read.Text("user.human.phone.phone"));
        Assert.True(read["user.human.passwordChangeRequired"]!.GetValue<bool>());
        Assert.True(read.Has("user.human.passwordChanged"));
        Assert.DoesNotContain(Password, read.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_email_address_is_the_name_when_no_other_is_given()
    {
        var email = $"{Unique("human")}@example.com";
        var body = HumanBody("unused");
        body.Remove("username");
        body["email"] = new { email, isVerified = true };

        var id = (await Admin.PostAsync("/v2/users/human", body)).Expect(200).Text("userId");

        var session = await Admin.OpenAsync(new { checks = new { user = new { loginName = email } } });
        Assert.Equal(id, (await Admin.ReadAsync(session)).Expect(200).Text("session.factors.user.id"));
    }

    [Fact]
    public async Task The_display_name_is_made_of_the_names_and_the_language_is_undetermined_unless_given()
    {
        var body = HumanBody(Unique("human"));
        body["profile"] = new { givenName = "Minnie", familyName = "Mouse" };

        var id = (await Admin.PostAsync("/v2/users/human", body)).Expect(200).Text("userId");

        var read = (await Admin.GetAsync($"/v2/users/{id}")).Expect(200);
        Assert.Equal("Minnie Mouse", read.Text("user.human.profile.displayName"));
        Assert.Equal("und", read.Text("user.human.profile.preferredLanguage"));
    }

    [Fact]
    public async Task A_chosen_id_is_kept_and_given_once()
    {
        var body = HumanBody(Unique("human"));
        body["userId"] = Unique("id");

        Assert.Equal(body["userId"], (await Admin.PostAsync("/v2/users/human", body)).Expect(200).Text("userId"));

        var again = HumanBody(Unique("human"));
        again["userId"] = body["userId"];
        var reply = (await Admin.PostAsync("/v2/users/human", again)).Expect(400);
        Assert.Equal("COMMAND-7yiox1isql", reply.Text("details.0.id"));
        Assert.Equal(9, reply["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_machine_comes_back_as_it_was_given()
    {
        var username = Unique("machine");
        var created = (
            await Admin.PostAsync(
                "/v2/users/new",
                new
                {
                    organizationId = "machines",
                    username,
                    machine = new { name = "Robot", description = "Cleans up" },
                }
            )
        ).Expect(200);

        var read = (await Admin.GetAsync($"/v2/users/{created.Text("id")}")).Expect(200);

        Assert.True(created.Has("creationDate"));
        Assert.Equal(username, read.Text("user.username"));
        Assert.Equal("Robot", read.Text("user.machine.name"));
        Assert.Equal("Cleans up", read.Text("user.machine.description"));
        Assert.False(read.Has("user.human"));
    }

    [Fact]
    public async Task A_person_can_be_made_in_the_newer_way_too()
    {
        var username = Unique("human");
        var created = (
            await Admin.PostAsync(
                "/v2/users/new",
                new
                {
                    organizationId = "people",
                    username,
                    human = new
                    {
                        profile = new { givenName = "Minnie", familyName = "Mouse" },
                        email = new { email = $"{username}@example.com", isVerified = true },
                        password = new { password = Password },
                    },
                }
            )
        ).Expect(200);

        await Admin.OpenAsync(new { checks = new { user = new { userId = created.Text("id") }, password = new { password = Password } } });
    }

    [Theory]
    [Asvs("6.2.1")]
    [InlineData("short1!", "DOMAIN-HuJf6")]
    [InlineData("ALL-UPPER-1", "DOMAIN-co3Xw")]
    [InlineData("all-lower-1", "DOMAIN-VoaRj")]
    [InlineData("No-Digits-Here", "DOMAIN-ZBv4H")]
    [InlineData("NoSymbols1", "DOMAIN-ZDLwA")]
    public async Task A_password_must_be_complex(string password, string id)
    {
        var username = Unique("human");
        var body = HumanBody(username);
        body["password"] = new { password };

        var reply = (await Admin.PostAsync("/v2/users/human", body)).Expect(400);

        Assert.Equal(id, reply.Text("details.0.id"));
        Assert.Equal(3, reply["code"]!.GetValue<int>());
        (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = username } } })).Expect(Failures.NoSuchUser);
    }

    [Theory]
    [InlineData("$2b$10$abcdefghijklmnopqrstuu5Lo0g67CiD3M4RpN1BmBb4Crp5w7dbK", "password")]
    [InlineData("$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/", "password")]
    [InlineData("$5$saltstring$OH4IDuTlsuTYPdED1gsuiRMyTAwNlRWyA6Xr3I4/dQ5", "password")]
    [InlineData(
        "$firebasescrypt$ln=14,r=8$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$Bw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==",
        "user1password"
    )]
    public async Task A_password_hash_of_another_system_can_be_imported(string hash, string password)
    {
        var body = HumanBody(Unique("human"));
        body["hashedPassword"] = new { hash };
        var userId = (await Admin.PostAsync("/v2/users/human", body)).Expect(200).Text("userId");

        // The second login is compared with the hash that the first login stored.
        for (var i = 0; i < 2; i++)
        {
            await Admin.OpenAsync(new { checks = new { user = new { userId }, password = new { password } } });
        }

        (
            await Admin.CreateSessionAsync(new { checks = new { user = new { userId }, password = new { password = password + "x" } } })
        ).Expect(Failures.WrongPassword);
    }

    [Theory]
    [InlineData("plain text")]
    [InlineData("$9$unknown$hash")]
    [InlineData("$2b$١٠$abcdefghijklmnopqrstuu5Lo0g67CiD3M4RpN1BmBb4Crp5w7dbK")]
    public async Task A_hash_of_an_unknown_kind_is_refused(string hash)
    {
        var body = HumanBody(Unique("human"));
        body["hashedPassword"] = new { hash };

        Assert.Equal("USER-oz74onzvqr", (await Admin.PostAsync("/v2/users/human", body)).Expect(400).Text("details.0.id"));
    }

    [Theory]
    [InlineData("$2b$31$abcdefghijklmnopqrstuu5Lo0g67CiD3M4RpN1BmBb4Crp5w7dbK")]
    [InlineData("$scrypt$ln=20,r=8,p=4$c2FsdHNhbHRzYWx0c2FsdA$oHnrBa5W68nDObGtztO0lk83h/KOUztgO7k+tr5aBjA")]
    public async Task A_hash_that_costs_too_much_to_verify_is_refused(string hash)
    {
        var body = HumanBody(Unique("human"));
        body["hashedPassword"] = new { hash };

        Assert.Equal("USER-Hash2", (await Admin.PostAsync("/v2/users/human", body)).Expect(400).Text("details.0.id"));
    }

    [Fact]
    public async Task An_imported_authenticator_secret_is_ready()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);

        var methods = (await Admin.GetAsync($"/v2/users/{human.Id}/authentication_methods")).Expect(200);

        Assert.Equal(
            ["AUTHENTICATION_METHOD_TYPE_PASSWORD", "AUTHENTICATION_METHOD_TYPE_TOTP"],
            methods.Items("authMethodTypes").Select(method => method.GetValue<string>()).Order()
        );
    }

    [Theory]
    [InlineData("not base32!")]
    [InlineData("JBSW")]
    public async Task An_authenticator_secret_must_be_one(string totpSecret)
    {
        var body = HumanBody(Unique("human"));
        body["totpSecret"] = totpSecret;

        (await Admin.PostAsync("/v2/users/human", body)).Expect(400).ExpectRefusal();
    }

    [Fact]
    public async Task Required_fields_are_required()
    {
        var profile = new { givenName = "Minnie", familyName = "Mouse" };
        var email = new { email = "minnie@example.com", isVerified = true };

        (await Admin.PostAsync("/v2/users/human", new { email })).Expect(Failure.Invalid("AddHumanUserRequest.Profile: value is required"));
        (await Admin.PostAsync("/v2/users/human", new { profile })).Expect(Failure.Invalid("AddHumanUserRequest.Email: value is required"));
        (await Admin.PostAsync("/v2/users/human", new { profile = new { familyName = "Mouse" }, email })).Expect(
            Failure.InvalidInside(
                "AddHumanUserRequest.Profile",
                "SetHumanProfile.GivenName: value length must be between 1 and 200 runes, inclusive"
            )
        );
        (await Admin.PostAsync("/v2/users/human", new { profile, email = new { email = "no address" } })).Expect(400).ExpectRefusal();
        (await Admin.PostAsync("/v2/users/new", new { organizationId = "o" })).Expect(400).ExpectRefusal();
        (await Admin.PostAsync("/v2/users/new", new { machine = new { name = "m" } })).Expect(400).ExpectRefusal();
    }

    [Fact]
    public async Task An_unknown_user_is_not_found()
    {
        (await Admin.GetAsync("/v2/users/unknown")).Expect(Failures.NoSuchUser);
    }

    [Fact]
    public async Task A_user_can_read_itself_and_only_a_manager_others()
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var self = Admin.As((await Admin.OpenAsync(human)).Token);

        (await self.GetAsync($"/v2/users/{human.Id}")).Expect(200);
        (await self.GetAsync($"/v2/users/{other.Id}")).Expect(Failures.NoPermission);
        (await self.PostAsync("/v2/users/human", HumanBody(Unique("human")))).Expect(Failures.NoPermission);
    }
}

public sealed class CreatingUsersTestsOnSqlite(SqliteHost host) : CreatingUsersTests(host);

public sealed class CreatingUsersTestsOnPostgreSql(PostgreSqlHost host) : CreatingUsersTests(host);
