namespace Orleans.Sessions.Names;

/// <summary>What new user names may be, by what they could be mistaken for.</summary>
public enum NameRule
{
    /// <summary>
    /// The characters of UsernameCaseMapped (RFC 8265), of one script in each part of the name, or Latin together with those of Chinese, Japanese or Korean: "Highly
    /// Restrictive" in UTS #39.
    /// </summary>
    HighlyRestrictive,

    /// <summary>The same, and Latin together with any other one in common use, but Cyrillic and Greek: "Moderately Restrictive" in UTS #39.</summary>
    ModeratelyRestrictive,

    /// <summary>The characters of UsernameCaseMapped (RFC 8265), of any scripts.</summary>
    AnyScript,

    /// <summary>Any text. Names can look like others then; for imports of names that are in use.</summary>
    AnyText,
}
