namespace Orleans.Sessions.Storage;

/// <summary>A statement that must return a row. If it returns none, the write fails for the reason <see cref="Refusal"/>.</summary>
internal sealed class CheckedStatement(string text, StorageFault refusal)
{
    public string Text => text;

    public StorageFault Refusal => refusal;

    /// <summary>For PostgreSQL, where the statement itself fails. So it ends the transaction of its group.</summary>
    public string FailingText { get; } =
        $"with found as ({text}) select ensure(exists (select from found), '{StorageFaults.StateOf(refusal)}')";
}
