using System.Globalization;

namespace Orleans.Sessions.EndToEnd.Notifications.Harness;

/// <summary>A user with an e-mail address and a phone number.</summary>
public sealed record Contact(string Id, string Email, string Phone)
{
    /// <summary>The check that names the user.</summary>
    public object OnlyUser => new { user = new { userId = Id } };

    public string Path => $"/v2/users/{Id}";
}

/// <summary>Creates users with addresses of their own.</summary>
public static class Contacts
{
    private static int s_number = Random.Shared.Next(1_000_000, 8_000_000);

    /// <summary>A user with a verified address and number and, if wanted, codes by both as factors.</summary>
    public static async Task<Contact> NewContactAsync(
        this Api admin,
        bool withFactors = true,
        string? language = null,
        string emailPrefix = "mail"
    )
    {
        var (email, phone) = ($"{Unique(emailPrefix)}@example.com", NewPhone());
        var body = Body(Unique("contact"), new { email, isVerified = true }, new { phone, isVerified = true }, language);
        var contact = new Contact((await admin.PostAsync("/v2/users/human", body)).Expect(200).Text("userId"), email, phone);
        if (withFactors)
        {
            (await admin.PostAsync($"{contact.Path}/otp_sms")).Expect(200);
            (await admin.PostAsync($"{contact.Path}/otp_email")).Expect(200);
        }

        return contact;
    }

    /// <summary>A mobile number that no other test uses.</summary>
    public static string NewPhone() => $"+4179{Interlocked.Increment(ref s_number).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A request that creates a user with this address and number.</summary>
    public static Dictionary<string, object> Body(string username, object email, object? phone = null, string? language = null)
    {
        var body = new Dictionary<string, object>
        {
            ["username"] = username,
            ["profile"] = new
            {
                givenName = "Minnie",
                familyName = "Mouse",
                displayName = "Minnie & Mouse",
                preferredLanguage = language ?? "en",
            },
            ["email"] = email,
        };
        if (phone is not null)
        {
            body["phone"] = phone;
        }

        return body;
    }

    /// <summary>A session of this user.</summary>
    public static Task<OpenSession> OpenAsync(this Api api, Contact contact) => api.OpenAsync(new { checks = contact.OnlyUser });
}

/// <summary>The errors around codes: contract §3.2, §4, §11.2, §11.3, §15.</summary>
public static class CodeFailures
{
    public static readonly Failure OtpWithoutUser = new(400, 3, "COMMAND-S453v", "User ID missing");
    public static readonly Failure OtpNotReady = new(400, 9, "COMMAND-d2r52", "Multifactor OTP (OneTimePassword) isn't ready");
    public static readonly Failure OtpCodeMissing = new(400, 9, "COMMAND-S34gh", "Code not found");
    public static readonly Failure CodeExpired = new(400, 9, "CODE-QvUQ4P", "Code is expired");
    public static readonly Failure CodeInvalid = new(400, 3, "CODE-woT0xc", "Code is invalid");
    public static readonly Failure SmsWithoutUser = new(400, 9, "COMMAND-JKL3g", "User ID missing");
    public static readonly Failure SmsNotReady = new(400, 9, "COMMAND-BJ2g3", "Multifactor OTP (OneTimePassword) isn't ready");
    public static readonly Failure EmailWithoutUser = new(400, 9, "COMMAND-JK3gp", "User ID missing");
    public static readonly Failure EmailNotReady = new(400, 9, "COMMAND-JKLJ3", "Multifactor OTP (OneTimePassword) isn't ready");
    public static readonly Failure NoEmailChannel = new(400, 9, "MAIL-w8nfow", "No e-mail channel is configured: use returnCode");
    public static readonly Failure NoSmsChannel = new(400, 9, "PHONE-w8nfow", "No SMS channel is configured: use returnCode");
    public static readonly Failure TooOften = new(
        429,
        8,
        "SESSION-Cool1",
        "Codes for this user are requested too often: wait before the next request"
    );
    public static readonly Failure NoResetCode = new(400, 9, "COMMAND-2M9fs", "Password reset code not found");
}
