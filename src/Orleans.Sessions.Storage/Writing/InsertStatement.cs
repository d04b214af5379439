namespace Orleans.Sessions.Storage;

/// <summary>Inserts rows into a table: one row (<see cref="OneText"/>), or any number of rows as arrays (<see cref="ManyText"/>).</summary>
internal sealed class InsertStatement(string table, params IReadOnlyList<Column> columns)
{
    public string Table => table;

    public IReadOnlyList<Column> Columns => columns;

    /// <summary>The values are <c>$1</c>, <c>$2</c>, …</summary>
    public string OneText { get; } =
        $"insert into {table} ({Names(columns)}) values ({string.Join(", ", Enumerable.Range(1, columns.Count).Select(i => $"${i}"))})";

    /// <summary>For PostgreSQL. The arrays of the columns are <c>$1</c>, <c>$2</c>, …</summary>
    public string ManyText { get; } =
        $"insert into {table} ({Names(columns)}) select * from unnest("
        + string.Join(", ", columns.Select((column, i) => $"${i + 1}::{PostgreSqlTypes.Name(column.Type)}[]"))
        + ")";

    private static string Names(IEnumerable<Column> columns) => string.Join(", ", columns.Select(column => column.Name));
}
