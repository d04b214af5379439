using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage;

/// <summary>The table of a kind of state, and the statements that write and read its rows.</summary>
internal sealed class StateTable
{
    private static readonly Column[] s_key = [new("service_id", SqlType.Text), new("grain_key", SqlType.Text)];
    private static readonly Column[] s_typedKey = [.. s_key, new("grain_type", SqlType.Text)];
    private static readonly Column[] s_record = [new("payload", SqlType.Bytes), new("version", SqlType.Integer)];

    private readonly InsertStatement _insert;
    private readonly CheckedStatement _update;
    private readonly IReadOnlyList<Column<StateColumns>> _columns;
    private readonly IReadOnlyList<Column<StateColumns>> _changing;
    private readonly bool _isTyped;

    private StateTable(string name, string table, bool isTyped, IReadOnlyList<Column<StateColumns>> columns)
    {
        (Name, Table, _isTyped, _columns) = (name, table, isTyped, columns);
        _changing = [.. columns.Where(column => !column.IsSetOnce)];
        Column[] key = isTyped ? s_typedKey : s_key;
        _insert = new InsertStatement(table, [.. key, .. s_record, .. columns.Select(column => new Column(column.Name, column.Type))]);
        var payload = key.Length + 1;
        var set = _changing.Select((column, i) => $", {column.Name} = ${payload + 2 + i}");
        var where = key.Select((column, i) => $"{column.Name} = ${i + 1}");
        _update = new CheckedStatement(
            $"update {table} set version = version + 1, payload = ${payload}{string.Concat(set)} "
                + $"where {string.Join(" and ", where)} and version = ${payload + 1} returning 1",
            StorageFault.Conflict
        );
        ReadText = $"select payload, version from {table} where service_id = @service and grain_key = @key";
        VersionsText = $"""
            select asked.grain_key, found.version
            from unnest($2) as asked(grain_key)
            cross join lateral
            (
              select version from {table} s
              where s.service_id = $1 and s.grain_key = asked.grain_key {(isTyped ? "and s.grain_type = $3" : "")}
              offset 0
            ) as found
            """;
    }

    /// <summary>The name of the state.</summary>
    public string Name { get; }

    /// <summary>The name of the table.</summary>
    public string Table { get; }

    /// <summary>The name of its primary key on PostgreSQL.</summary>
    public string PrimaryKey => $"{Table}_pkey";

    /// <summary>Whether the table is only for this kind of state. Orleans' own provider reads the other table.</summary>
    public bool IsOwn => !_isTyped;

    /// <summary>Reads the payload and the version of the row <c>@key</c>.</summary>
    public string ReadText { get; }

    /// <summary>Reads key and version of the rows <c>$2</c> on PostgreSQL, each by its primary key, whatever the statistics say.</summary>
    public string VersionsText { get; }

    /// <summary>Writes the row over the version <paramref name="known"/>; <c>null</c> if it is the first version.</summary>
    public WriteStep Write(string serviceId, string key, int? known, ReadOnlyMemory<byte> payload, StateColumns? columns)
    {
        if (IsOwn && columns is null)
        {
            throw new ArgumentException($"The state '{Name}' needs its columns.", nameof(columns));
        }

        SqlValue[] values =
        [
            SqlValue.Of(serviceId),
            SqlValue.Of(key),
            .. _isTyped ? [SqlValue.Of(Name)] : Array.Empty<SqlValue>(),
            SqlValue.Of(payload),
            SqlValue.Of(known ?? 1),
            .. (known is null ? _columns : _changing).Select(column => column.Value(columns!)),
        ];
        return known is null ? new AddRow(_insert, values) : new RunChecked(_update, values);
    }

    /// <summary>A table of its own for one kind of state.</summary>
    public static StateTable Own<T>(string name, string table, params Column<T>[] columns)
        where T : StateColumns =>
        new(
            name,
            table,
            isTyped: false,
            [
                .. columns.Select(column => new Column<StateColumns>(column.Name, column.Type, written => column.Value((T)written))
                {
                    IsSetOnce = column.IsSetOnce,
                }),
            ]
        );

    /// <summary>The table of all kinds that have no table of their own.</summary>
    public static StateTable Common(string name) => new(name, "grain_state", isTyped: true, []);
}
