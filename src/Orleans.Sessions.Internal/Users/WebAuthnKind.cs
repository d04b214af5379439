namespace Orleans.Sessions;

/// <summary>The use of a registered key.</summary>
public enum WebAuthnKind
{
    /// <summary>The key is a login by itself. It verifies the person and works without a user name.</summary>
    Passkey = 1,

    /// <summary>The key is a second factor.</summary>
    U2F = 2,
}
