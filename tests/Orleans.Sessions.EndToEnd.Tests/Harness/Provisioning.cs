namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>A user of the service.</summary>
public sealed record Human(string Id, string LoginName, string Password, string TotpSecret, string OrganizationId, string Email)
{
    /// <summary>The checks that prove this user's password.</summary>
    public object WithPassword => new { user = new { userId = Id }, password = new { password = Password } };

    /// <summary>The check that names the user.</summary>
    public object OnlyUser => new { user = new { userId = Id } };

    /// <summary>The check of the password alone.</summary>
    public object OnlyPassword => new { password = new { password = Password } };
}

/// <summary>A machine user, and this user as a caller of the service.</summary>
public sealed record Machine(string Id, string LoginName, string TokenId, Api Api);

/// <summary>Creates users and callers for tests. Each one is new, so that tests do not disturb each other.</summary>
public static class Provisioning
{
    public const string Password = "Correct-Horse-7";

    /// <summary>A text that no other test uses.</summary>
    public static string Unique(string prefix) => $"{prefix}-{Guid.NewGuid():N}"[..(prefix.Length + 13)];

    /// <summary>A user with a password and, if wanted, a registered authenticator app.</summary>
    public static async Task<Human> NewHumanAsync(
        this Api admin,
        bool withTotp = false,
        string? organizationId = null,
        string? username = null,
        string? password = Password,
        bool withVerifiedEmail = true
    )
    {
        username ??= Unique("human");
        var secret = withTotp ? TotpCode.NewSecret() : "";
        var body = HumanBody(username);
        var email = $"{Unique("mail")}@example.com";
        body["email"] = new { email, isVerified = withVerifiedEmail };
        if (password is not null)
        {
            body["password"] = new { password };
        }

        if (withTotp)
        {
            body["totpSecret"] = secret;
        }

        if (organizationId is not null)
        {
            body["organization"] = new { orgId = organizationId };
        }

        var reply = (await admin.PostAsync("/v2/users/human", body)).Expect(200);
        return new Human(
            reply.Text("userId"),
            username,
            password ?? "",
            secret,
            organizationId ?? reply.Text("details.resourceOwner"),
            email
        );
    }

    /// <summary>The smallest request that creates a human user.</summary>
    public static Dictionary<string, object> HumanBody(string username) =>
        new()
        {
            ["username"] = username,
            ["profile"] = new
            {
                givenName = "Minnie",
                familyName = "Mouse",
                displayName = "Minnie M.",
            },
            ["email"] = new { email = $"{Unique("mail")}@example.com", isVerified = true },
        };

    /// <summary>A machine user with a token and, if wanted, with roles.</summary>
    public static async Task<Machine> NewMachineAsync(
        this Api admin,
        string? instanceRole = null,
        string? organizationRole = null,
        string? organizationId = null
    )
    {
        organizationId ??= "machines";
        var username = Unique("machine");
        var id = (
            await admin.PostAsync(
                "/v2/users/new",
                new
                {
                    organizationId,
                    username,
                    machine = new { name = "Test machine" },
                }
            )
        ).Expect(200).Text("id");
        if (instanceRole is not null)
        {
            await admin.GrantAsync(id, new { instance = true }, instanceRole);
        }

        if (organizationRole is not null)
        {
            await admin.GrantAsync(id, new { organizationId }, organizationRole);
        }

        var token = await admin.NewTokenAsync(id);
        return new Machine(id, username, token.Text("tokenId"), admin.As(token.Text("token")));
    }

    /// <summary>A personal access token of a machine user. By default it lives for an hour.</summary>
    public static async Task<Reply> NewTokenAsync(this Api admin, string userId, TimeSpan? lifetime = null) =>
        (
            await admin.PostAsync(
                $"/v2/users/{userId}/pats",
                new { expirationDate = DateTimeOffset.UtcNow + (lifetime ?? TimeSpan.FromHours(1)) }
            )
        ).Expect(200);

    /// <summary>Gives a user administrator roles.</summary>
    public static async Task GrantAsync(this Api admin, string userId, object resource, params string[] roles) =>
        (
            await admin.PostAsync(
                "/v2/internal_permissions/administrators",
                new
                {
                    userId,
                    resource,
                    roles,
                }
            )
        ).Expect(200);
}
