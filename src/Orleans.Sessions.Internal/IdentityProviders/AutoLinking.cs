namespace Orleans.Sessions;

/// <summary>How a login finds the user to link. The numbers are those of <c>zitadel.idp.v2.AutoLinkingOption</c>.</summary>
public enum AutoLinking
{
    /// <summary>The login links no user.</summary>
    None = 0,

    /// <summary>
    /// By login name: it must equal the provider's <c>preferred_username</c>, and the verified e-mail addresses must be equal too.
    /// </summary>
    UserName = 1,

    /// <summary>By e-mail address: the verified e-mail addresses must be equal.</summary>
    Email = 2,
}
