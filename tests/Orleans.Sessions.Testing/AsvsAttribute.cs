namespace Orleans.Sessions.Testing;

/// <summary>
/// Names the requirements of OWASP's Application Security Verification Standard 5.0 that a test proves: the test fails if one of them is
/// broken. The table <c>tests/Orleans.Sessions.Asvs.Tests/ASVS.md</c> is generated from these attributes.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsvsAttribute(params string[] requirements) : Attribute
{
    /// <summary>The numbers, such as <c>6.2.4</c>.</summary>
    public IReadOnlyList<string> Requirements { get; } = requirements;
}
