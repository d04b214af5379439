using Npgsql;
using NpgsqlTypes;

namespace Orleans.Sessions.Storage;

/// <summary>The types of columns on PostgreSQL, and their parameters.</summary>
internal static class PostgreSqlTypes
{
    public static string Name(SqlType type) =>
        type switch
        {
            SqlType.Text => "text",
            SqlType.Integer => "int",
            SqlType.Long => "bigint",
            SqlType.Boolean => "boolean",
            SqlType.Bytes => "bytea",
            _ => throw new NotSupportedException($"{type} is not supported."),
        };

    /// <summary>A parameter with one value.</summary>
    public static NpgsqlParameter Parameter(SqlValue value) =>
        new() { NpgsqlDbType = DbType(value.Type), Value = value.Boxed ?? DBNull.Value };

    /// <summary>A parameter with the values of one column of many rows.</summary>
    public static NpgsqlParameter Parameter(SqlType type, IReadOnlyList<SqlValue[]> rows, int column) =>
        type switch
        {
            SqlType.Text => Array(type, rows, row => row[column].AsText),
            SqlType.Integer => Array(type, rows, row => row[column].AsInteger),
            SqlType.Long => Array(type, rows, row => row[column].AsLong),
            SqlType.Boolean => Array(type, rows, row => row[column].AsBoolean),
            SqlType.Bytes => Array(type, rows, row => row[column].AsBytes),
            _ => throw new NotSupportedException($"{type} is not supported."),
        };

    private static NpgsqlParameter<T[]> Array<T>(SqlType type, IReadOnlyList<SqlValue[]> rows, Func<SqlValue[], T> value)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        return new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | DbType(type), TypedValue = values };
    }

    private static NpgsqlDbType DbType(SqlType type) =>
        type switch
        {
            SqlType.Text => NpgsqlDbType.Text,
            SqlType.Integer => NpgsqlDbType.Integer,
            SqlType.Long => NpgsqlDbType.Bigint,
            SqlType.Boolean => NpgsqlDbType.Boolean,
            SqlType.Bytes => NpgsqlDbType.Bytea,
            _ => throw new NotSupportedException($"{type} is not supported."),
        };
}
