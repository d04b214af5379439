namespace Orleans.Sessions;

/// <summary>Where the authenticator must be. The numbers are those of <c>zitadel.user.v2.PasskeyAuthenticator</c>.</summary>
public enum AuthenticatorAttachment
{
    /// <summary>Anywhere.</summary>
    Any = 0,

    /// <summary>The authenticator is built into the device.</summary>
    Platform = 1,

    /// <summary>The authenticator is not built in, such as a USB key or a phone.</summary>
    CrossPlatform = 2,
}
