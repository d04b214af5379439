namespace Orleans.Sessions.IdentityProviders;

/// <summary>The state of a login; the numbers are stored.</summary>
internal enum IntentState
{
    /// <summary>The browser was sent to the provider.</summary>
    Started = 0,

    /// <summary>The provider has confirmed the person's identity.</summary>
    Succeeded = 1,

    /// <summary>The login failed.</summary>
    Failed = 2,

    /// <summary>A session has used it.</summary>
    Consumed = 3,
}
