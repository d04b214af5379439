using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Orleans.Sessions.Client.Tests;

/// <summary>The packages of this project are complete, and enough to build a program that calls a cluster.</summary>
public sealed class PackageTests(TwoSilos cluster) : IAsyncLifetime
{
    private static readonly string[] s_packages =
    [
        "Orleans.Sessions.Abstractions",
        "Orleans.Sessions.Client",
        "Orleans.Sessions.Cluster",
        "Orleans.Sessions.AspNetCore",
    ];

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packages-");

    private string Feed => Path.Combine(_folder.FullName, "feed");

    public async ValueTask InitializeAsync()
    {
        // …/bin/{configuration}/{framework}/
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
        foreach (var package in s_packages)
        {
            await DotnetAsync(Checkout.Root, "pack", $"src/{package}", "--no-build", "-c", configuration, "-o", Feed);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task They_are_complete_and_run_the_typed_calls_in_a_program_that_knows_only_them()
    {
        foreach (var package in s_packages)
        {
            Check(package);
        }

        var user = await cluster.NewHumanAsync();
        var program = Directory.CreateDirectory(Path.Combine(_folder.FullName, "program"));
        await File.WriteAllTextAsync(Path.Combine(program.FullName, "Program.cs"), Program, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(program.FullName, "Program.csproj"), Project(), TestContext.Current.CancellationToken);

        await DotnetAsync(program.FullName, "build", "-c", "Release", "-o", "out");
        var output = await DotnetAsync(program.FullName, "out/Program.dll", cluster.ConnectionString, user, TwoSilos.Password);

        Assert.Equal($"{user} proved a password, 1 listed, then gone", output.Trim());
    }

    private void Check(string package)
    {
        var file = Assert.Single(Directory.GetFiles(Feed, $"{package}.*.nupkg"), name =>
            Path.GetFileName(name)[package.Length + 1] is >= '0' and <= '9'
        );
        Assert.True(File.Exists(Path.ChangeExtension(file, ".snupkg")), $"{package} has no symbols");
        using var zip = ZipFile.OpenRead(file);
        var names = zip.Entries.Select(entry => entry.FullName).ToHashSet();
        Assert.Superset(new HashSet<string> { "README.md", "icon.png", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml" }, names);
        using var stream = zip.GetEntry($"{package}.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName);
        Assert.Equal(("README.md", "icon.png"), (metadata["readme"].Value, metadata["icon"].Value));
        Assert.NotEqual(package, metadata["authors"].Value);
        using var readme = new StreamReader(zip.GetEntry("README.md")!.Open());
        Assert.Equal($"# {package}", readme.ReadLine());
        Assert.NotEqual("Package Description", metadata["description"].Value);
        Assert.NotEmpty(metadata["releaseNotes"].Value);
        Assert.NotEmpty(metadata["tags"].Value);

        // A working copy without .git does not know its commit.
        if (Path.Exists(Path.Combine(Checkout.Root, ".git")))
        {
            Assert.Equal("git", metadata["repository"].Attribute("type")?.Value);
            Assert.Equal(40, metadata["repository"].Attribute("commit")?.Value.Length);
        }
    }

    /// <summary>
    /// Third-party packages come from this machine's caches. Our own packages must not come from a cache of an earlier run.
    /// </summary>
    private string Project()
    {
        var versions = XDocument
            .Load(Path.Combine(Checkout.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .ToDictionary(element => element.Attribute("Include")!.Value, element => element.Attribute("Version")!.Value);
        var known = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{Feed}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(_folder.FullName, "restored")}</RestorePackagesPath>
                <RestoreFallbackFolders>{known}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Orleans.Sessions.AspNetCore" Version="*" />
                <PackageReference Include="Orleans.Sessions.Client" Version="*" />
                <PackageReference Include="Microsoft.Orleans.Clustering.AdoNet" Version="{versions[
                "Microsoft.Orleans.Clustering.AdoNet"
            ]}" />
                <PackageReference Include="Npgsql" Version="{versions["Npgsql"]}" />
              </ItemGroup>
            </Project>
            """;
    }

    private const string Program = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;
        using Orleans.Hosting;
        using Orleans.Sessions;
        using Orleans.Sessions.AspNetCore;
        using Orleans.Sessions.Client;

        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", args[0]));
            client.AddSessions();
        });
        builder.Services.AddSessionTickets();
        using var host = builder.Build();
        await host.StartAsync();
        var sessions = host.Services.GetRequiredService<SessionClient>();

        var created = await sessions.CreateAsync(create => create with { Checks = new Checks { User = new UserCheck { UserId = args[1] } } });
        var changed = await sessions.CheckAsync(created.SessionId, new Checks { Password = args[2] });
        var session = await sessions.GetAsync(created.SessionId, changed.Token);
        var listed = 0;
        await foreach (var found in sessions.ListAsync([new SessionFilter.User(args[1])], CancellationToken.None))
        {
            listed++;
        }

        await sessions.TerminateAsync(created.SessionId);
        var gone = await sessions.GetAsync(created.SessionId) is null ? "gone" : "still there";
        Console.WriteLine($"{session!.Factors!.User.Id} proved {(session.Factors.Password is null ? "nothing" : "a password")}, {listed} listed, then {gone}");
        await host.StopAsync();
        """;

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };

        // The environment of the test runner's own build must not influence the build of this program.
        start.Environment.Remove("MSBuildSDKsPath");
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}:\n{await output}\n{await errors}");
        return await output;
    }
}
