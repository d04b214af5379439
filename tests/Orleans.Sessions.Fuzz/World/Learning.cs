using System.Text.Json.Nodes;

namespace Orleans.Sessions.Fuzz.World;

/// <summary>Takes names from answers, so that later requests can use them.</summary>
public static class Learning
{
    private static readonly Dictionary<string, (string Path, Thing Thing)[]> s_told = new()
    {
        ["CreateUser"] = [("id", Thing.User), ("emailCode", Thing.VerificationCode), ("phoneCode", Thing.VerificationCode)],
        ["AddHumanUser"] = [("userId", Thing.User), ("emailCode", Thing.VerificationCode), ("phoneCode", Thing.VerificationCode)],
        ["CreateSession"] =
        [
            ("sessionId", Thing.Session),
            ("sessionToken", Thing.SessionToken),
            ("challenges.otpEmail", Thing.VerificationCode),
            ("challenges.otpSms", Thing.VerificationCode),
        ],
        ["SetSession"] = [("sessionToken", Thing.SessionToken)],
        ["SetEmail"] = [("verificationCode", Thing.VerificationCode)],
        ["ResendEmailCode"] = [("verificationCode", Thing.VerificationCode)],
        ["SendEmailCode"] = [("verificationCode", Thing.VerificationCode)],
        ["SetPhone"] = [("verificationCode", Thing.VerificationCode)],
        ["ResendPhoneCode"] = [("verificationCode", Thing.VerificationCode)],
        ["PasswordReset"] = [("verificationCode", Thing.VerificationCode)],
        ["CreateInviteCode"] = [("inviteCode", Thing.VerificationCode)],
        ["CreatePasskeyRegistrationLink"] = [("code.code", Thing.VerificationCode)],
        ["RegisterPasskey"] = [("passkeyId", Thing.CredentialId)],
        ["RegisterU2F"] = [("u2fId", Thing.CredentialId)],
        ["AddPersonalAccessToken"] = [("tokenId", Thing.AccessTokenId)],
        ["AddKey"] = [("keyId", Thing.KeyId)],
        ["AddSecret"] = [("clientSecret", Thing.ClientSecret)],
        ["AddOrganization"] = [("organizationId", Thing.Organization)],
        ["CreateClient"] = [("client.clientId", Thing.Client), ("clientSecret", Thing.ClientSecret)],
        ["RegenerateSecret"] = [("clientSecret", Thing.ClientSecret)],
        ["CreateServiceProvider"] = [("serviceProvider.id", Thing.ServiceProvider)],
        ["AddGenericOIDCProvider"] = [("id", Thing.Provider)],
        ["AddGenericOAuthProvider"] = [("id", Thing.Provider)],
        ["AddAzureADProvider"] = [("id", Thing.Provider)],
        ["AddGitHubProvider"] = [("id", Thing.Provider)],
    };

    /// <summary>Records the names in the answer to an operation.</summary>
    public static void Learn(this Things things, string operation, JsonObject? answer)
    {
        foreach (var (path, thing) in s_told.GetValueOrDefault(operation, []))
        {
            if (
                path.Split('.').Aggregate((JsonNode?)answer, (node, name) => (node as JsonObject)?[name]) is JsonValue value
                && value.TryGetValue<string>(out var text)
                && text.Length > 0
            )
            {
                things.Add(thing, text);
            }
        }
    }
}
