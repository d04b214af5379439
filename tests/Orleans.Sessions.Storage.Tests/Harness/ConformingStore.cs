namespace Orleans.Sessions.Storage.Tests.Harness;

/// <summary>A store that must behave as the suites say: a database, or the memory on which grains are tested.</summary>
public abstract class ConformingStore
{
    /// <summary>A new service in the same store. It sees no rows of other services.</summary>
    public abstract ConformingService NewService();
}
