namespace Orleans.Sessions.Testing;

/// <summary>
/// Says which requirements of OWASP's Application Security Verification Standard 5.0 a test shows: it fails when one of them is broken. The
/// table <c>tests/Orleans.Sessions.Asvs.Tests/ASVS.md</c> is made of these.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsvsAttribute(params string[] requirements) : Attribute
{
    /// <summary>The numbers, such as <c>6.2.4</c>.</summary>
    public IReadOnlyList<string> Requirements { get; } = requirements;
}
