namespace Orleans.Sessions;

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
