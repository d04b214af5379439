using System.Text.Json;

namespace Orleans.Sessions.Client.Tests;

/// <summary>What an application takes over when it takes a package.</summary>
public sealed class Dependencies
{
    private static readonly string[] s_silo =
    [
        "Microsoft.Orleans.Persistence.",
        "Microsoft.Orleans.Reminders",
        "Microsoft.Orleans.Runtime",
        "Microsoft.Orleans.Server",
        "Microsoft.Orleans.Streaming",
    ];

    [Theory]
    [InlineData("Orleans.Sessions.Abstractions", false)]
    [InlineData("Orleans.Sessions.Client", false)]
    [InlineData("Orleans.Sessions.AspNetCore", false)]
    [InlineData("Orleans.Sessions.Cluster", true)]
    public void A_client_takes_over_no_silo(string package, bool withSilo)
    {
        var closure = Closure(package);
        Assert.Contains("Microsoft.Orleans.Core", closure);
        Assert.Equal(withSilo, closure.Any(name => s_silo.Any(part => name.StartsWith(part, StringComparison.OrdinalIgnoreCase))));
    }

    [Theory]
    [InlineData("Orleans.Sessions.Abstractions")]
    [InlineData("Orleans.Sessions.Client")]
    [InlineData("Orleans.Sessions.AspNetCore")]
    [InlineData("Orleans.Sessions.Cluster")]
    public void A_package_rests_on_packages_only(string package) =>
        Assert.Empty(
            Closure(package)
                .Where(name => name.StartsWith("Orleans.Sessions.", StringComparison.OrdinalIgnoreCase))
                .Except(Packages.Names, StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Everything that a project needs, directly or not, as the last restore found it.</summary>
    private static List<string> Closure(string project)
    {
        using var locked = JsonDocument.Parse(Checkout.Read($"src/{project}/packages.lock.json"));
        return
        [
            .. locked
                .RootElement.GetProperty("dependencies")
                .EnumerateObject()
                .SelectMany(framework => framework.Value.EnumerateObject())
                .Select(package => package.Name),
        ];
    }
}
