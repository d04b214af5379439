namespace Orleans.Sessions.Storage;

/// <summary>A part of a write. All parts are written in one transaction.</summary>
internal abstract record WriteStep;

/// <summary>Adds a row. Rows that different writes add to the same table share a statement.</summary>
internal sealed record AddRow(InsertStatement Statement, SqlValue[] Values) : WriteStep;

/// <summary>Runs a statement. Its values are <c>$1</c>, <c>$2</c>, …</summary>
internal sealed record RunStatement(string Text, SqlValue[] Values) : WriteStep;

/// <summary>Runs a statement that must return a row. Its values are <c>$1</c>, <c>$2</c>, …</summary>
internal sealed record RunChecked(CheckedStatement Statement, SqlValue[] Values) : WriteStep;

/// <summary>
/// Makes transactions that name the same lock run one after another, from this step on. SQLite needs no such lock, because all its
/// transactions run one after another.
/// </summary>
internal sealed record TakeLock(string Name) : WriteStep;
