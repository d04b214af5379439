namespace Orleans.Sessions.Factors;

/// <summary>What a proved factor is evidence of (NIST SP 800-63B-4, section 2).</summary>
[Flags]
internal enum Evidence
{
    /// <summary>Nothing: a code by e-mail only shows that the person can read a mailbox.</summary>
    None = 0,

    /// <summary>The person knows something.</summary>
    Knowledge = 1,

    /// <summary>The person has something.</summary>
    Possession = 2,

    /// <summary>A property of the person: the authenticator has compared a finger or a face.</summary>
    Inherence = 4,
}
