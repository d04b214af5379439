namespace Orleans.Sessions.State;

/// <summary>Compares times. A time that is <c>null</c> sets no bound.</summary>
internal static class Times
{
    /// <summary>The earlier of two times.</summary>
    public static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;

    /// <inheritdoc cref="Earlier(DateTimeOffset, DateTimeOffset?)"/>
    public static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is { } time ? Earlier(time, other) : other;

    /// <summary>The later of two times.</summary>
    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
