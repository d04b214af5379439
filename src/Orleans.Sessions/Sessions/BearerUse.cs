namespace Orleans.Sessions.Sessions;

/// <summary>What a session token is used for as a bearer token.</summary>
internal enum BearerUse
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>Choosing a new password.</summary>
    PasswordChange,

    /// <summary>Setting up the second factor that the login policy forces upon the person.</summary>
    Enrolment,
}
