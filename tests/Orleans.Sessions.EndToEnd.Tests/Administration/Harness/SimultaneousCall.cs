namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>A call that is made twice at once, and at once with the deletion of what it is about.</summary>
/// <param name="Method">The method: <c>package.Service/Method</c>.</param>
/// <param name="Prepare">Makes what the call needs, and returns its request.</param>
public sealed record SimultaneousCall(string Method, Func<Scene, Task<object>> Prepare)
{
    /// <summary>Tells two calls of one method apart.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The error of the second one of two equal calls; <c>null</c> if both succeed.</summary>
    public string? Loses { get; init; }

    /// <summary>Whether both may succeed although one may lose: the first is not done when the second begins.</summary>
    public bool MayBothWin { get; init; }

    /// <summary>The error of the call, whether somebody else makes it or not; <c>null</c> if it can succeed.</summary>
    public string? Fails { get; init; }

    /// <summary>What is deleted in between; <c>null</c> if the call is about nothing that can be deleted.</summary>
    public Parent? Parent { get; init; }

    /// <summary>The error of the call after that; <c>null</c> if it succeeds and finds nothing.</summary>
    public string? Gone { get; init; }

    /// <summary>
    /// Counts what the call makes, which is there once although two calls make it, and not after its parent is deleted; <c>null</c> if the
    /// call makes nothing, or each call something of its own.
    /// </summary>
    public Func<Scene, Task<int>>? Count { get; init; }

    /// <summary>The name of the case.</summary>
    public string Name => Variant.Length == 0 ? Method : $"{Method}: {Variant}";

    /// <summary>The path for Connect.</summary>
    public string Path => $"/{Method}";
}
