namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>One module of a plan of the OpenID Foundation, made again here by what its name promises.</summary>
/// <param name="Name">The module's name in the foundation's suite.</param>
/// <param name="RunAsync">The conversation that must succeed; <c>null</c> if the module is skipped.</param>
public sealed record ConformanceModule(string Name, Func<Conversation, Task>? RunAsync)
{
    /// <summary>Why the module is not run.</summary>
    public string? Skipped { get; init; }

    /// <summary>Why the module fails today. The run must fail then, so that the entry goes once the reason is gone.</summary>
    public string? Failed { get; init; }
}
