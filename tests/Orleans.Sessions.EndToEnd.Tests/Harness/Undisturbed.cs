namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>
/// Tests of promises that hold within seconds. They do not run in parallel with others: two cores that start ten hosts for other tests
/// cannot keep such a promise, and the result would measure those tests.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Undisturbed;
