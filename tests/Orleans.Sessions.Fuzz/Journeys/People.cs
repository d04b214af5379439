using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Journeys;

/// <summary>The journeys of users: logins, verified addresses, and their own credentials.</summary>
public static class People
{
    /// <summary>A user logs in with password and authenticator, changes own data, and logs out.</summary>
    public static async Task LogInAsync(Traveller traveller)
    {
        var frontend = traveller.World.LoginClient;
        var person = await NewAsync(traveller);
        var opened = await traveller.CallAsync(
            frontend,
            "CreateSession",
            new { checks = new { user = new { loginName = person.LoginName } }, lifetime = "3600s" }
        );
        var id = Text(opened, "sessionId");
        await traveller.CallAsync(
            frontend,
            "SetSession",
            new { sessionId = id, checks = new { password = new { password = Vocabulary.Password } } }
        );
        var proved = await traveller.CallAsync(
            frontend,
            "SetSession",
            new
            {
                sessionId = id,
                checks = new { totp = new { code = TotpCode.Now(Settler.TotpSecret) } },
                metadata = new { a = "YQ==" },
            }
        );
        var self = Self(traveller, person.Id, id, Text(proved, "sessionToken"));
        await traveller.CallAsync(self, "GetSession", new { sessionId = id, sessionToken = self.Token }, isForEverybody: true);
        await traveller.CallAsync(self, "GetUserByID", new { userId = person.Id });
        await traveller.CallAsync(
            self,
            "ListSessions",
            new { queries = new[] { new { userIdQuery = new { id = person.Id } } } },
            isForEverybody: true
        );
        await traveller.CallAsync(
            self,
            "UpdateHumanUser",
            new { userId = person.Id, profile = new { givenName = "Other", familyName = "Name" } }
        );
        await traveller.CallAsync(self, "GenerateRecoveryCodes", new { userId = person.Id, count = 5 });
        await traveller.CallAsync(self, "DeleteUserSessions", new { userId = person.Id, exceptSessionIds = new[] { id } });
        await traveller.CallAsync(
            self,
            "SetPassword",
            new
            {
                userId = person.Id,
                newPassword = new { password = "Another-Horse-8" },
                currentPassword = Vocabulary.Password,
            }
        );
        await traveller.CallAsync(frontend, "DeleteSession", new { sessionId = id, sessionToken = self.Token }, isForEverybody: true);
    }

    /// <summary>A user is invited, verifies an address and a number, forgets the password and sets another one.</summary>
    public static async Task ProveContactsAsync(Traveller traveller)
    {
        var frontend = traveller.World.LoginClient;
        var person = await NewAsync(traveller, withPassword: false, withTotp: false);
        var invite = await traveller.CallAsync(frontend, "CreateInviteCode", new { userId = person.Id, returnCode = new { } });
        await traveller.CallAsync(frontend, "VerifyInviteCode", new { userId = person.Id, verificationCode = Text(invite, "inviteCode") });
        var mail = await traveller.CallAsync(
            frontend,
            "SetEmail",
            new
            {
                userId = person.Id,
                email = $"{traveller.Dice.Name("mail")}@example.com",
                returnCode = new { },
            }
        );
        await traveller.CallAsync(frontend, "VerifyEmail", new { userId = person.Id, verificationCode = Text(mail, "verificationCode") });
        var phone = await traveller.CallAsync(
            frontend,
            "SetPhone",
            new
            {
                userId = person.Id,
                phone = "+4915112345678",
                returnCode = new { },
            }
        );
        await traveller.CallAsync(frontend, "VerifyPhone", new { userId = person.Id, verificationCode = Text(phone, "verificationCode") });
        var reset = await traveller.CallAsync(frontend, "PasswordReset", new { userId = person.Id, returnCode = new { } });
        await traveller.CallAsync(
            frontend,
            "SetPassword",
            new
            {
                userId = person.Id,
                newPassword = new { password = Vocabulary.Password },
                verificationCode = Text(reset, "verificationCode"),
            }
        );
        await traveller.CallAsync(frontend, "AddOTPEmail", new { userId = person.Id });
        var opened = await traveller.CallAsync(
            frontend,
            "CreateSession",
            new
            {
                checks = new { user = new { userId = person.Id }, password = new { password = Vocabulary.Password } },
                challenges = new { otpEmail = new { returnCode = new { } } },
            }
        );
        await traveller.CallAsync(
            frontend,
            "SetSession",
            new { sessionId = Text(opened, "sessionId"), checks = new { otpEmail = new { code = Text(opened, "challenges.otpEmail") } } }
        );
    }

    /// <summary>A user registers every kind of credential, as far as possible without a browser, and removes it.</summary>
    public static async Task RegisterCredentialsAsync(Traveller traveller)
    {
        var frontend = traveller.World.LoginClient;
        var person = await NewAsync(traveller, withTotp: false);
        var totp = await traveller.CallAsync(frontend, "RegisterTOTP", new { userId = person.Id });
        await traveller.CallAsync(
            frontend,
            "VerifyTOTPRegistration",
            new { userId = person.Id, code = TotpCode.Now(Text(totp, "secret")) }
        );
        var link = await traveller.CallAsync(frontend, "CreatePasskeyRegistrationLink", new { userId = person.Id, returnCode = new { } });
        var passkey = await traveller.CallAsync(
            frontend,
            "RegisterPasskey",
            new
            {
                userId = person.Id,
                domain = "localhost",
                code = new { id = Text(link, "code.id"), code = Text(link, "code.code") },
            },
            isForEverybody: true
        );
        var key = await traveller.CallAsync(frontend, "RegisterU2F", new { userId = person.Id, domain = "localhost" });
        await traveller.CallAsync(
            frontend,
            "SetUserMetadata",
            new { userId = person.Id, metadata = new[] { new { key = "a", value = Convert.ToBase64String(Encoding.UTF8.GetBytes("b")) } } }
        );
        await traveller.CallAsync(frontend, "RemoveU2F", new { userId = person.Id, u2fId = Text(key, "u2fId") });
        await traveller.CallAsync(frontend, "RemovePasskey", new { userId = person.Id, passkeyId = Text(passkey, "passkeyId") });
        await traveller.CallAsync(frontend, "RemoveTOTP", new { userId = person.Id });
    }

    /// <summary>A user logs in at an external provider.</summary>
    public static async Task LogInUpstreamAsync(Traveller traveller)
    {
        var (world, frontend) = (traveller.World, traveller.World.LoginClient);
        var person = await NewAsync(traveller);
        var subject = traveller.Dice.Name("subject");
        await traveller.CallAsync(
            frontend,
            "AddIDPLink",
            new
            {
                userId = person.Id,
                idpLink = new
                {
                    idpId = world.UpstreamId,
                    userId = subject,
                    userName = subject,
                },
            }
        );
        var started = await traveller.CallAsync(
            frontend,
            "StartIdentityProviderIntent",
            new
            {
                idpId = world.UpstreamId,
                urls = new { successUrl = $"{Vocabulary.FrontendUri}/success", failureUrl = $"{Vocabulary.FrontendUri}/failure" },
            },
            isForEverybody: true
        );
        var address = Text(started, "authUrl");
        var state = Traveller.Parameter(address, "state");
        world.Known.Add(Thing.IntentState, state);
        (world.Upstream.Subject, world.Upstream.Nonce) = (subject, Traveller.Parameter(address, "nonce"));
        var back = await traveller.VisitAsync(Surface.Callback, "/idps/callback", isPost: false, [("state", state), ("code", "code")]);
        var (id, token) = (Traveller.Parameter(back.Header("location"), "id"), Traveller.Parameter(back.Header("location"), "token"));
        world.Known.Add(Thing.Intent, id);
        world.Known.Add(Thing.IntentToken, token);
        await traveller.CallAsync(frontend, "RetrieveIdentityProviderIntent", new { idpIntentId = id, idpIntentToken = token });
        await traveller.CallAsync(
            frontend,
            "CreateSession",
            new { checks = new { user = new { userId = person.Id }, idpIntent = new { idpIntentId = id, idpIntentToken = token } } }
        );
        await traveller.CallAsync(
            frontend,
            "RemoveIDPLink",
            new
            {
                userId = person.Id,
                idpId = world.UpstreamId,
                linkedUserId = subject,
            }
        );
    }

    /// <summary>A new user.</summary>
    public static async Task<(string Id, string LoginName)> NewAsync(Traveller traveller, bool withPassword = true, bool withTotp = true)
    {
        var loginName = traveller.Dice.Name("traveller");
        var message = new JsonObject
        {
            ["username"] = loginName,
            ["organization"] = new JsonObject { ["orgId"] = Settler.Managed },
            ["profile"] = new JsonObject { ["givenName"] = "Minnie", ["familyName"] = "Mouse" },
            ["email"] = new JsonObject { ["email"] = $"{loginName}@example.com", ["isVerified"] = true },
        };
        if (withPassword)
        {
            message["password"] = new JsonObject { ["password"] = Vocabulary.Password };
        }

        if (withTotp)
        {
            message["totpSecret"] = Settler.TotpSecret;
        }

        return (Text(await traveller.CallAsync(traveller.World.LoginClient, "AddHumanUser", message), "userId"), loginName);
    }

    /// <summary>A new session with password and authenticator proved.</summary>
    public static async Task<(string Id, string Token, string UserId)> OpenAsync(Traveller traveller)
    {
        var person = await NewAsync(traveller);
        var opened = await traveller.CallAsync(
            traveller.World.LoginClient,
            "CreateSession",
            new
            {
                checks = new
                {
                    user = new { userId = person.Id },
                    password = new { password = Vocabulary.Password },
                    totp = new { code = TotpCode.Now(Settler.TotpSecret) },
                },
            }
        );
        return (Text(opened, "sessionId"), Text(opened, "sessionToken"), person.Id);
    }

    /// <summary>A user as a caller with a bearer token.</summary>
    public static Caller Self(Traveller traveller, string userId, string? sessionId, string token) =>
        new("the person", CallerKind.Ordinary, token, userId, new Things(traveller.World.All, isAttackers: true))
        {
            Sessions = sessionId is null ? [] : [sessionId],
        };

    public static string Text(JsonObject answer, string path) => Settler.Text(answer, path);
}
