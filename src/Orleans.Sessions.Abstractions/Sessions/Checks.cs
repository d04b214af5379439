namespace Orleans.Sessions;

/// <summary>
/// The checks of one request. A value that is <c>null</c> is not checked. The printed form names the checks and shows no secret.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.Checks")]
public sealed record Checks
{
    /// <summary>Nothing is checked.</summary>
    public static readonly Checks None = new();

    /// <summary>The user: who the person claims to be.</summary>
    [Id(0)]
    public UserCheck? User { get; init; }

    /// <summary>The password, as typed.</summary>
    [Id(1)]
    public string? Password { get; init; }

    /// <summary>A six-digit code of the person's authenticator app.</summary>
    [Id(2)]
    public string? Totp { get; init; }

    /// <summary>
    /// The answer of an authenticator to the pending WebAuthn challenge: a PublicKeyCredential with an assertion, as JSON with base64url
    /// binaries (WebAuthn §5.1, toJSON).
    /// </summary>
    [Id(4)]
    public string? WebAuthn { get; init; }

    /// <summary>A login at an external identity provider.</summary>
    [Id(5)]
    public IntentCheck? Intent { get; init; }

    /// <summary>The code that was sent by SMS.</summary>
    [Id(6)]
    public string? OtpSms { get; init; }

    /// <summary>The code that was sent by e-mail.</summary>
    [Id(7)]
    public string? OtpEmail { get; init; }

    /// <summary>One of the person's recovery codes, including the hyphens.</summary>
    [Id(8)]
    public string? RecoveryCode { get; init; }

    /// <summary>Whether any factor is checked, so that a wrong answer counts.</summary>
    public bool ProveSomething => Given().Any();

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("User = ").Append(User).Append(", Given = ").AppendJoin(' ', Given());
        return true;
    }

    private IEnumerable<string> Given()
    {
        (string Name, object? Value)[] secrets =
        [
            (nameof(Password), Password),
            (nameof(Totp), Totp),
            (nameof(WebAuthn), WebAuthn),
            (nameof(Intent), Intent),
            (nameof(OtpSms), OtpSms),
            (nameof(OtpEmail), OtpEmail),
            (nameof(RecoveryCode), RecoveryCode),
        ];
        return secrets.Where(secret => secret.Value is not null).Select(secret => secret.Name);
    }
}
