using System.Reflection;
using System.Text.RegularExpressions;
using Orleans.Sessions.Documents.Tests.Settings;

namespace Orleans.Sessions.Documents.Tests;

/// <summary>The configuration is documented as it is, and nobody names a key that does not exist.</summary>
public sealed partial class SettingTests
{
    private const string Command = "SETTINGS_WRITE=1 dotnet run -c Release --project tests/Orleans.Sessions.Documents.Tests";

    /// <summary>Addresses to which browsers are sent, or which they load. The service itself does not call them.</summary>
    private static readonly string[] s_addressesOfBrowsers =
    [
        "Sessions:IdentityProviders:AuthorizationEndpoint",
        "Sessions:IdentityProviders:JwtEndpoint",
        "Sessions:LoginPolicy:DefaultRedirectUri",
        "Sessions:Notifications:LoginUrl",
        "Sessions:Oidc:Clients:FrontChannelLogoutUri",
        "Sessions:Oidc:Clients:LoginUri",
        "Sessions:Oidc:Clients:LogoUri",
        "Sessions:Oidc:Clients:PostLogoutRedirectUris",
        "Sessions:Oidc:Clients:RedirectUris",
        "Sessions:Oidc:LoginUri",
        "Sessions:Presentation:DarkTheme:IconUrl",
        "Sessions:Presentation:DarkTheme:LogoUrl",
        "Sessions:Presentation:FontUrl",
        "Sessions:Presentation:LightTheme:IconUrl",
        "Sessions:Presentation:LightTheme:LogoUrl",
        "Sessions:Saml:LoginUri",
        "Sessions:Saml:ServiceProviders:LoginUri",
    ];

    [Fact]
    public void Each_section_is_bound_by_one_class() =>
        Assert.Empty(SettingCatalogue.Classes.GroupBy(one => one.Section).Where(same => same.Count() > 1).Select(same => same.Key));

    [Fact]
    public void Each_key_is_read_in_one_place() =>
        Assert.Empty(SettingCatalogue.All.GroupBy(setting => setting.Key).Where(same => same.Count() > 1).Select(same => same.Key));

    [Fact]
    public void The_tables_are_not_out_of_date()
    {
        var made = SettingTable.Fill(Checkout.Read(SettingTable.Path));
        if (Environment.GetEnvironmentVariable("SETTINGS_WRITE") == "1")
        {
            File.WriteAllText(Checkout.PathOf(SettingTable.Path), made);
        }

        Assert.True(Checkout.Read(SettingTable.Path) == made, $"{SettingTable.Path} is out of date. Write it again: {Command}");
    }

    [Fact]
    public void Each_address_in_the_configuration_may_be_called_or_is_for_browsers()
    {
        var called = EgressKeys().ToHashSet(StringComparer.Ordinal);
        var addresses = SettingCatalogue.All.Select(setting => WithoutIndex(setting.Key)).Where(key => Address().IsMatch(key)).ToHashSet();

        Assert.Empty(called.Except(addresses));
        Assert.Equal(s_addressesOfBrowsers.Order(StringComparer.Ordinal), addresses.Except(called).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_key_in_a_document_exists() =>
        Assert.Empty(
            (
                from document in Document.All
                from text in document.Code.Concat(document.Blocks.SelectMany(block => block.Lines))
                from key in Unknown(text)
                select $"{document}: {key}"
            ).Distinct()
        );

    [Fact]
    public void Each_short_key_in_a_document_ends_a_key() =>
        Assert.Empty(
            from document in Document.All
            from code in document.Code
            where
                ShortKey().IsMatch(code)
                && !SettingCatalogue.All.Any(setting => WithoutIndex(setting.Key).EndsWith(code, StringComparison.Ordinal))
            select $"{document}: {code}"
        );

    [Fact]
    public void Each_key_in_code_tests_and_deployment_exists() =>
        Assert.Empty(
            (
                from folder in new[] { "src", "tests", "deploy" }
                from path in SourceFiles.In(folder)
                where Source().IsMatch(path)
                from key in Unknown(Checkout.Read(path))
                select $"{path}: {key}"
            ).Distinct()
        );

    /// <summary>The keys of the services that the configuration names for calls (<c>EgressOptions</c>).</summary>
    private static IEnumerable<string> EgressKeys()
    {
        var services = SettingCatalogue
            .Classes.Single(one => one.Section == "Sessions:Egress")
            .Type.GetField("s_services", BindingFlags.NonPublic | BindingFlags.Static)!;
        return (((string Key, string? Member)[])services.GetValue(null)!).Select(service =>
            service.Member is null ? $"Sessions:{service.Key}" : $"Sessions:{service.Key}:{service.Member}"
        );
    }

    private static IEnumerable<string> Unknown(string text) =>
        from match in Key().Matches(text)
        let key = match.Value.Replace("__", ":", StringComparison.Ordinal)
        let end = match.Index + match.Length
        let isCut = end < text.Length && text[end] is ':' or '_' or '{'
        where !IsKnown(WithoutIndex(key), isCut)
        select key;

    /// <summary>Whether there is such a key or section; of a key that the code puts together, whether any begins like it.</summary>
    private static bool IsKnown(string key, bool isCut) =>
        SettingCatalogue
            .All.Select(setting => WithoutIndex(setting.Key))
            .Any(known =>
                $"{known}:".StartsWith($"{key}:", StringComparison.Ordinal) || (isCut && known.StartsWith(key, StringComparison.Ordinal))
            );

    private static string WithoutIndex(string key) => Index().Replace(key, "");

    [GeneratedRegex(@"(?<![\w.])Sessions(?::|__)[A-Za-z0-9]+(?:(?::|__)[A-Za-z0-9]+)*")]
    private static partial Regex Key();

    [GeneratedRegex("^:[A-Z][A-Za-z]+$")]
    private static partial Regex ShortKey();

    [GeneratedRegex("(?:Url|Uri|Uris|:Issuer|:Api|Endpoint)$")]
    private static partial Regex Address();

    [GeneratedRegex(@":\d+(?=:|$)")]
    private static partial Regex Index();

    [GeneratedRegex(@"\.(?:cs|json|ya?ml|sh|mjs|proto)$|Dockerfile$")]
    private static partial Regex Source();
}
