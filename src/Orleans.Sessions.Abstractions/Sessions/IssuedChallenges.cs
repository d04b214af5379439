namespace Orleans.Sessions;

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
