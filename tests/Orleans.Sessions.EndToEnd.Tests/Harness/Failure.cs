namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>An error that a client can get: contract §9.1, §9.2.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">gRPC status code.</param>
/// <param name="Id">The stable id; may be empty.</param>
/// <param name="Text">The text before the id.</param>
public sealed record Failure(int Status, int Code, string Id, string Text)
{
    /// <summary>Whether there is a detail object with the id. Validation and protocol errors have none.</summary>
    public bool HasDetail { get; init; } = true;

    /// <summary>Whether the detail has the number of failed attempts.</summary>
    public bool CountsAttempts { get; init; }

    public string Message => HasDetail ? $"{Text} ({Id})" : Text;

    public string DetailType => $"type.googleapis.com/zitadel.v1.{(CountsAttempts ? "CredentialsCheckError" : "ErrorDetail")}";

    /// <summary>A field that breaks its rule, in the words of protoc-gen-validate.</summary>
    public static Failure Invalid(string what) => new(400, 3, "", $"invalid {what}") { HasDetail = false };

    /// <summary>A field of a nested message. <paramref name="path"/> goes from the request to the broken rule.</summary>
    public static Failure InvalidInside(params string[] path) =>
        Invalid(
            string.Join(
                " | caused by: ",
                path.Select(
                    (part, i) => (i == 0 ? "" : "invalid ") + part + (i < path.Length - 1 ? ": embedded message failed validation" : "")
                )
            )
        );
}

/// <summary>The errors that tests expect, written from contract §3.2, §5, §7, §8, §9, §16.</summary>
public static class Failures
{
    // Callers.
    public static readonly Failure NoToken = new(401, 16, "", "auth header missing") { HasDetail = false };
    public static readonly Failure NotBearer = new(401, 16, "AUTH-toLo1", "invalid auth header");
    public static readonly Failure BadToken = new(401, 16, "AUTH-7fs1e", "Errors.Token.Invalid");
    public static readonly Failure NoPermission = new(403, 7, "AUTH-AWfge", "No matching permissions found");
    public static readonly Failure BearerSessionGone = new(401, 16, "QUERY-SFeaa", "Errors.Session.NotExisting");
    public static readonly Failure BearerStale = new(401, 16, "QUERY-dsfr3", "Errors.PermissionDenied");
    public static readonly Failure BearerExpired = new(401, 16, "AUTHZ-EGDo3", "session expired");
    public static readonly Failure BearerWithoutFactor = new(403, 7, "AUTHZ-Kl3p0", "authentication required");
    public static readonly Failure BearerWithoutMfa = new(403, 7, "AUTHZ-Kl3p0", "mfa required");

    // Sessions.
    public static readonly Failure NoSession = new(404, 5, "QUERY-SFeaa", "Session does not exist");
    public static readonly Failure WrongTokenToRead = new(403, 7, "QUERY-dsfr3", "Permission denied");
    public static readonly Failure WrongTokenToDelete = new(403, 7, "COMMAND-sGr42", "Session Token is invalid");
    public static readonly Failure Expired = new(400, 9, "COMMAND-Hkl3d", "Session has expired");
    public static readonly Failure Terminated = new(400, 9, "COMMAND-Hewfq", "Session already terminated");
    public static readonly Failure OtherUser = new(400, 3, "", "user change not possible");
    public static readonly Failure SequencePassed = new(400, 9, "SESSION-Seq01", "Session has changed since the expected sequence");
    public static readonly Failure TooMuchMetadata = new(400, 3, "SESSION-Meta1", "Metadata is limited to 100 keys and 64 KiB");
    public static readonly Failure KeyReused = new(400, 9, "SESSION-Idem2", "Idempotency-Key was used with another request");

    // Checks.
    public static readonly Failure NoSuchUser = new(404, 5, "QUERY-Dfbg2", "User could not be found");
    public static readonly Failure UserNotActive = new(400, 9, "SESSION-Gj4ko", "User is not active");
    public static readonly Failure PasswordWithoutUser = new(400, 9, "COMMAND-Sfw3f", "User ID missing");
    public static readonly Failure PasswordOfMachine = new(400, 9, "COMMAND-3n77z", "User could not be found");
    public static readonly Failure PasswordNotSet = new(400, 9, "COMMAND-3nJ4t", "User has not set a password");
    public static readonly Failure WrongPassword = new(400, 3, "COMMAND-3M0fs", "Password is invalid") { CountsAttempts = true };
    public static readonly Failure TotpWithoutUser = new(400, 3, "COMMAND-8N9ds", "User ID missing");
    public static readonly Failure TotpNotReady = new(400, 9, "COMMAND-3Mif9s", "Multifactor OTP (OneTimePassword) isn't ready");
    public static readonly Failure WrongTotp = new(400, 3, "EVENT-8isk2", "Invalid code");

    // Logins at external providers.
    public static readonly Failure IntentOfOther = new(403, 7, "IDP-Strt1", "Another caller started the login");
    public static readonly Failure IntentOfOtherBrowser = new(400, 9, "IDP-Brws1", "The login belongs to another browser");
    public static readonly Failure IntentWithoutUser = new(400, 9, "COMMAND-Sfw3r", "User ID missing");
    public static readonly Failure IntentTokenNotEncoded = new(403, 7, "CRYPTO-Swg31", "Intent Token is invalid");
    public static readonly Failure IntentTokenMalformed = new(403, 7, "CRYPTO-Sf4gt", "Intent Token is invalid");
    public static readonly Failure IntentTokenWrong = new(403, 7, "CRYPTO-CRYPTO", "Intent Token is invalid");
    public static readonly Failure IntentNotSucceeded = new(400, 9, "COMMAND-Df4bw", "Intent has not succeeded");
    public static readonly Failure IntentExpired = new(400, 9, "COMMAND-SAf42", "Intent has expired");
    public static readonly Failure IntentOfAnother = new(400, 9, "COMMAND-O8xk3w", "Intent meant for another user");
    public static readonly Failure IntentUsedUp = new(400, 9, "IDP-nme4gszsvx", "Intent has not succeeded");
    public static readonly Failure IntentResultExpired = new(400, 9, "IDP-Afb2s", "Intent has expired");
    public static readonly Failure LinkTaken = new(409, 6, "V2-idplink", "External identity is linked to another user");
    public static readonly Failure LinkNotAllowed = new(400, 9, "COMMAND-Sfee2", "Identity provider does not allow linking");
    public static readonly Failure LinkedCreationNotAllowed = new(400, 9, "COMMAND-SJI3g", "Identity provider does not allow new users");
    public static readonly Failure LinkToUnknownProvider = new(400, 9, "COMMAND-39nfs", "Identity provider doesn't exist");
    public static readonly Failure NoSuchLink = new(404, 5, "COMMAND-1M9xR", "Link doesn't exist");

    // Listing.
    public static readonly Failure BadCreatorQuery = new(400, 3, "GRPC-x8n24uh", "List.Query.Invalid");
    public static readonly Failure BadUserAgentQuery = new(400, 3, "GRPC-x8n23uh", "List.Query.Invalid");
    public static readonly Failure LimitExceeded = new(400, 3, "QUERY-4M0fs", "Limit exceeded");

    // The protocol.
    public static readonly Failure NoSuchPath = new(404, 5, "", "Not Found") { HasDetail = false };
    public static readonly Failure NoSuchMethod = new(405, 12, "", "Method Not Allowed") { HasDetail = false };
}
