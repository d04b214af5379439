namespace Orleans.Sessions.Client.Tests.Harness;

/// <summary>
/// Tests that stop the silos that all tests share. They run by themselves: a login that is under way on a silo that is killed fails,
/// because nobody may prove a factor twice.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Undisturbed;
