namespace Orleans.Sessions.Storage;

/// <summary>
/// Explains a failed read or write of grain state, so that a grain can answer with a typed error without knowing the database. Exceptions
/// of database drivers cannot even be serialized for a caller.
/// </summary>
public interface IStorageFaults
{
    /// <summary>Classifies <paramref name="exception"/>, also if other exceptions wrap it.</summary>
    StorageFault Classify(Exception exception);
}
