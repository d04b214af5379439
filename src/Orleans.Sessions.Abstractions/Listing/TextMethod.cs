namespace Orleans.Sessions;

/// <summary>How a text is compared. The numbers are those of <c>TextQueryMethod</c>.</summary>
public enum TextMethod
{
    /// <summary>The same text.</summary>
    Equals = 0,

    /// <summary>The same text, ignoring case.</summary>
    EqualsIgnoreCase = 1,

    /// <summary>The field starts with the value.</summary>
    StartsWith = 2,

    /// <summary>The field starts with the value, ignoring case.</summary>
    StartsWithIgnoreCase = 3,

    /// <summary>The field contains the value.</summary>
    Contains = 4,

    /// <summary>The field contains the value, ignoring case.</summary>
    ContainsIgnoreCase = 5,

    /// <summary>The field ends with the value.</summary>
    EndsWith = 6,

    /// <summary>The field ends with the value, ignoring case.</summary>
    EndsWithIgnoreCase = 7,
}
