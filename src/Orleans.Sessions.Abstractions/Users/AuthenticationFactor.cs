namespace Orleans.Sessions;

/// <summary>The kinds of second factors; numbers are those of <c>zitadel.user.v2.AuthFactors</c>.</summary>
public enum FactorKind
{
    /// <summary>An authenticator app.</summary>
    Totp = 0,

    /// <summary>Codes by SMS.</summary>
    OtpSms = 1,

    /// <summary>Codes by e-mail.</summary>
    OtpEmail = 2,

    /// <summary>A security key.</summary>
    U2F = 3,
}

/// <summary>How far a factor is set up; numbers are those of <c>zitadel.user.v2.AuthFactorState</c>.</summary>
public enum FactorState
{
    /// <summary>Begun, but not verified: it counts for nothing.</summary>
    NotReady = 1,

    /// <summary>Ready for use.</summary>
    Ready = 2,
}

/// <summary>A second factor as clients see it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="State">How far it is set up.</param>
/// <param name="Id">Which one it is, where a person can have several; otherwise empty.</param>
/// <param name="Name">What the person calls it; may be empty.</param>
[GenerateSerializer, Immutable, Alias("sessions.AuthenticationFactor")]
public sealed record AuthenticationFactor(
    [property: Id(0)] FactorKind Kind,
    [property: Id(1)] FactorState State,
    [property: Id(2)] string Id = "",
    [property: Id(3)] string Name = "");
