namespace Orleans.Sessions.Names;

/// <summary>Which new user names are allowed, by how easily they can be mistaken for others.</summary>
public enum NameRule
{
    /// <summary>
    /// The characters of UsernameCaseMapped (RFC 8265), of one script in each part of the name, or Latin together with the scripts of
    /// Chinese, Japanese or Korean: "Highly Restrictive" in UTS #39.
    /// </summary>
    HighlyRestrictive,

    /// <summary>
    /// What <see cref="HighlyRestrictive"/> allows, and Latin together with any one other script in common use except Cyrillic and Greek:
    /// "Moderately Restrictive" in UTS #39.
    /// </summary>
    ModeratelyRestrictive,

    /// <summary>The characters of UsernameCaseMapped (RFC 8265), of any scripts.</summary>
    AnyScript,

    /// <summary>Any text. Names can then look like other names; for imports of existing names.</summary>
    AnyText,
}
