using System.Text.Json;
using System.Xml.Linq;

namespace Orleans.Sessions.Documents.Tests;

/// <summary>Which part may know which, and what an application takes over with a package.</summary>
public sealed class DependencyTests
{
    private static readonly string[] s_silo =
    [
        "Microsoft.Orleans.Persistence.",
        "Microsoft.Orleans.Reminders",
        "Microsoft.Orleans.Runtime",
        "Microsoft.Orleans.Server",
        "Microsoft.Orleans.Streaming",
    ];

    public static TheoryData<string> Packages => [.. PackageNames()];

    private static IEnumerable<string> PackageNames() =>
        [
            .. Directory
                .EnumerateFiles(Checkout.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
                .Where(file => XDocument.Load(file).Descendants("IsPackable").Any(element => element.Value == "true"))
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal),
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
    [MemberData(nameof(Packages))]
    public void A_package_needs_only_packages_and_lists_its_public_api(string package)
    {
        Assert.Empty(
            Closure(package)
                .Where(name => name.StartsWith("Orleans.Sessions", StringComparison.OrdinalIgnoreCase))
                .Except(PackageNames(), StringComparer.OrdinalIgnoreCase)
        );
        Assert.All(new[] { "Shipped", "Unshipped" }, kind =>
            Assert.True(File.Exists(Checkout.PathOf($"src/{package}/PublicAPI.{kind}.txt")))
        );
    }

    [Theory]
    [InlineData("Orleans.Sessions", "Gateway", "Protocol", "Storage")]
    [InlineData("Orleans.Sessions.Gateway", "", "Storage", "Storage.Abstractions")]
    [InlineData("Orleans.Sessions.Storage", "", "Gateway", "Protocol")]
    public void Grains_gateway_and_storage_do_not_know_each_other(string part, params string[] others) =>
        Assert.Empty(
            Closure(part).Intersect(others.Select(other => $"Orleans.Sessions.{other}".TrimEnd('.')), StringComparer.OrdinalIgnoreCase)
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
