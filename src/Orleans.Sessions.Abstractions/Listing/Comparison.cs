namespace Orleans.Sessions;

/// <summary>How a date is compared. The numbers are those of <c>TimestampQueryMethod</c>.</summary>
public enum Comparison
{
    /// <summary>The same instant.</summary>
    Equals = 0,

    /// <summary>Later.</summary>
    Greater = 1,

    /// <summary>Later or the same.</summary>
    GreaterOrEquals = 2,

    /// <summary>Earlier.</summary>
    Less = 3,

    /// <summary>Earlier or the same.</summary>
    LessOrEquals = 4,
}
