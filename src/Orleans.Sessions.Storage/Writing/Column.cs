namespace Orleans.Sessions.Storage;

/// <summary>A column of a table.</summary>
internal sealed record Column(string Name, SqlType Type);

/// <summary>A column, and how it is read from what is written.</summary>
/// <typeparam name="T">What is written.</typeparam>
internal sealed record Column<T>(string Name, SqlType Type, Func<T, SqlValue> Value)
{
    /// <summary>Whether only the first write of a row sets it. Later, other writes may change it.</summary>
    public bool IsSetOnce { get; init; }

    public static Column<T> Text(string name, Func<T, string?> value) => new(name, SqlType.Text, item => SqlValue.Of(value(item)));

    public static Column<T> Integer(string name, Func<T, int> value) => new(name, SqlType.Integer, item => SqlValue.Of(value(item)));

    public static Column<T> Long(string name, Func<T, long?> value) => new(name, SqlType.Long, item => SqlValue.Of(value(item)));

    public static Column<T> Boolean(string name, Func<T, bool> value) => new(name, SqlType.Boolean, item => SqlValue.Of(value(item)));

    public static Column<T> Time(string name, Func<T, DateTimeOffset?> value) => new(name, SqlType.Long, item => SqlValue.Of(value(item)));
}
