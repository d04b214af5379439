namespace Orleans.Sessions.Storage;

/// <summary>The types of columns. On SQLite, all numbers are integers.</summary>
internal enum SqlType
{
    /// <summary>A text in code point order.</summary>
    Text,

    /// <summary>32 bits.</summary>
    Integer,

    /// <summary>64 bits.</summary>
    Long,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Bytes.</summary>
    Bytes,
}
