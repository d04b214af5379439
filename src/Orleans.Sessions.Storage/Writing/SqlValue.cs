using System.Runtime.InteropServices;
using System.Text;

namespace Orleans.Sessions.Storage;

/// <summary>A value of a column, with its type, which PostgreSQL needs even for null.</summary>
internal readonly struct SqlValue
{
    private readonly object? _reference;
    private readonly long _number;

    private SqlValue(SqlType type, object? reference, long number, bool isNull) =>
        (Type, _reference, _number, IsNull) = (type, reference, number, isNull);

    public SqlType Type { get; }

    public bool IsNull { get; }

    /// <summary>The value as a driver takes it; <c>null</c> if it is null.</summary>
    public object? Boxed =>
        IsNull
            ? null
            : Type switch
            {
                SqlType.Integer => (int)_number,
                SqlType.Long => _number,
                SqlType.Boolean => _number != 0,
                _ => _reference,
            };

    public string? AsText => (string?)_reference;

    public byte[]? AsBytes => (byte[]?)_reference;

    public int? AsInteger => IsNull ? null : (int)_number;

    public long? AsLong => IsNull ? null : _number;

    public bool? AsBoolean => IsNull ? null : _number != 0;

    /// <summary>A text. What a database cannot store is replaced: NUL and halves of surrogate pairs.</summary>
    public static SqlValue Of(string? text) => new(SqlType.Text, text is null ? null : Storable(text), 0, text is null);

    public static SqlValue Of(int number) => new(SqlType.Integer, null, number, isNull: false);

    public static SqlValue Of(long? number) => new(SqlType.Long, null, number ?? 0, number is null);

    public static SqlValue Of(bool value) => new(SqlType.Boolean, null, value ? 1 : 0, isNull: false);

    /// <summary>A time, in microseconds since the Unix epoch.</summary>
    public static SqlValue Of(DateTimeOffset? time) => Of(time is { } at ? Instant.ToMicroseconds(at) : (long?)null);

    public static SqlValue Of(ReadOnlyMemory<byte> bytes) =>
        new(
            SqlType.Bytes,
            MemoryMarshal.TryGetArray(bytes, out var part) && part.Offset == 0 && part.Count == part.Array!.Length
                ? part.Array
                : bytes.ToArray(),
            0,
            isNull: false
        );

    /// <summary>The text, with everything replaced that a database cannot store.</summary>
    public static string Storable(string text) =>
        StorableText.Is(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\u0001')));
}
