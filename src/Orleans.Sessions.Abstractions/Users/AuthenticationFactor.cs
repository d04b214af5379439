namespace Orleans.Sessions;

/// <summary>The kinds of second factors. The numbers are those of <c>zitadel.user.v2.AuthFactors</c>.</summary>
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

/// <summary>Whether a factor is set up. The numbers are those of <c>zitadel.user.v2.AuthFactorState</c>.</summary>
public enum FactorState
{
    /// <summary>The setup has begun, but the factor is not verified and has no effect yet.</summary>
    NotReady = 1,

    /// <summary>Ready for use.</summary>
    Ready = 2,
}

/// <summary>A second factor as clients see it.</summary>
/// <param name="Kind">The kind of the factor.</param>
/// <param name="State">Whether the factor is set up.</param>
/// <param name="Id">The id of the factor if a person can have several of the kind; otherwise empty.</param>
/// <param name="Name">The name that the person gave to the factor; may be empty.</param>
[GenerateSerializer, Immutable, Alias("sessions.AuthenticationFactor")]
public sealed record AuthenticationFactor(
    [property: Id(0)] FactorKind Kind,
    [property: Id(1)] FactorState State,
    [property: Id(2)] string Id = "",
    [property: Id(3)] string Name = ""
);
