namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>
/// Tests of what is promised within seconds. They run by themselves: two cores that start ten hosts for other tests keep no such promise,
/// and would measure those tests.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Undisturbed;
