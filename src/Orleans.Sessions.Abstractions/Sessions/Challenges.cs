namespace Orleans.Sessions;

/// <summary>The challenges to issue. A value that is <c>null</c> requests no challenge of that kind.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RequestedChallenges")]
public sealed record RequestedChallenges
{
    /// <summary>No challenge.</summary>
    public static readonly RequestedChallenges None = new();

    /// <summary>A challenge for a passkey or security key.</summary>
    [Id(1)]
    public RequestedWebAuthn? WebAuthn { get; init; }

    /// <summary>A code by SMS.</summary>
    [Id(2)]
    public RequestedOtpSms? OtpSms { get; init; }

    /// <summary>A code by e-mail.</summary>
    [Id(3)]
    public RequestedOtpEmail? OtpEmail { get; init; }

    /// <summary>Whether any challenge is requested.</summary>
    public bool Any => WebAuthn is not null || OtpSms is not null || OtpEmail is not null;
}

/// <summary>The challenge for an authenticator.</summary>
/// <param name="Domain">The relying party id: the host of the login page, or a parent of it.</param>
/// <param name="UserVerification">Whether the authenticator must verify the person, for instance by a PIN.</param>
[GenerateSerializer, Immutable, Alias("sessions.RequestedWebAuthn")]
public sealed record RequestedWebAuthn([property: Id(0)] string Domain, [property: Id(1)] UserVerification UserVerification);

/// <summary>
/// Whether the authenticator must verify the person. The numbers are those of <c>zitadel.session.v2.UserVerificationRequirement</c>.
/// </summary>
public enum UserVerification
{
    /// <summary>Only passkeys may answer, and they must verify the person.</summary>
    Required = 1,

    /// <summary>Only security keys may answer, as a second factor. They verify the person if they can.</summary>
    Preferred = 2,

    /// <summary>Only security keys may answer, as a second factor. A touch is enough.</summary>
    Discouraged = 3,
}

/// <summary>How a code by SMS is delivered.</summary>
/// <param name="ReturnCode">Whether the caller gets the code and delivers it. Then nothing is sent.</param>
[GenerateSerializer, Immutable, Alias("sessions.RequestedOtpSms")]
public sealed record RequestedOtpSms([property: Id(0)] bool ReturnCode);

/// <summary>How a code by e-mail is delivered.</summary>
/// <param name="ReturnCode">Whether the caller gets the code and delivers it. Then nothing is sent.</param>
/// <param name="UrlTemplate">The link in the message, with placeholders; <c>null</c> uses the configured link.</param>
[GenerateSerializer, Immutable, Alias("sessions.RequestedOtpEmail")]
public sealed record RequestedOtpEmail([property: Id(0)] bool ReturnCode, [property: Id(1)] string? UrlTemplate = null);

/// <summary>The parts of the issued challenges that the caller gets. A value is <c>null</c> if there is nothing to return.</summary>
[GenerateSerializer, Immutable, Alias("sessions.IssuedChallenges")]
public sealed record IssuedChallenges
{
    /// <summary>
    /// The <c>PublicKeyCredentialRequestOptions</c> as JSON with base64url binaries, without the wrapper <c>publicKey</c>.
    /// </summary>
    [Id(0)]
    public string? WebAuthn { get; init; }

    /// <summary>The code to deliver by SMS, if the caller asked for it.</summary>
    [Id(1)]
    public string? OtpSms { get; init; }

    /// <summary>The code to deliver by e-mail, if the caller asked for it.</summary>
    [Id(2)]
    public string? OtpEmail { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder
            .Append("WebAuthn = ")
            .Append(WebAuthn is not null)
            .Append(", OtpSms = ")
            .Append(OtpSms is not null)
            .Append(", OtpEmail = ")
            .Append(OtpEmail is not null);
        return true;
    }
}
