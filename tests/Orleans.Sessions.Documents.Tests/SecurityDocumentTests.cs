using System.Text.RegularExpressions;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Passwords.Guessable;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Documents.Tests;

/// <summary>Compares the documents with the code: settings with their defaults, ways to log in, kinds of events.</summary>
public sealed partial class SecurityDocumentTests
{
    private const string Configuration = "src/Orleans.Sessions.Host/README.md";
    private const string Threats = ".github/SECURITY.md";
    private static readonly Dictionary<string, string> s_settings = Settings(Checkout.Read(Configuration));

    [Theory, Asvs("6.1.1")]
    [InlineData("Sessions:Lockout", typeof(LockoutOptions))]
    [InlineData("Sessions:Lockout:Tarpit", typeof(TarpitOptions))]
    public void Every_control_against_guessing_is_documented_with_its_default(string section, Type options) =>
        AreDocumented(section, options, except: ["Tarpit"]);

    [Fact, Asvs("6.1.1")]
    public void The_limits_are_documented_and_lockout_as_a_weapon_is_among_the_threats()
    {
        var threats = Checkout.Read(Threats);
        Assert.Contains("Sessions:Limits:Failures:Burst", s_settings.Keys);
        Assert.Contains("Sessions:Limits:ChecksOfUser:Burst", s_settings.Keys);
        Assert.Matches(@"\| Guessing passwords or codes of one account \|.*Sessions:Lockout", threats);
        Assert.Matches(@"\| Keeping a person out with wrong answers \|.*UnlockUser", threats);
        Assert.Matches(@"\| Spraying and flooding by strangers \|.*Sessions:Limits", threats);
    }

    [Fact, Asvs("6.1.2")]
    public void What_passwords_must_not_be_made_of_is_documented()
    {
        AreDocumented("Sessions:PasswordPolicy", typeof(PasswordPolicyOptions), except: []);
        AreDocumented("Sessions:BreachedPasswords", typeof(BreachedPasswordOptions), except: []);
        Assert.Matches(
            @"`Sessions:PasswordPolicy:RefuseNames`.*their own, their organization's, `Sessions:Users:TotpIssuer`, `ForbiddenWords`",
            Checkout.Read(Configuration)
        );
    }

    [Fact, Asvs("6.1.3", "6.3.4")]
    public void Every_check_of_a_session_is_a_documented_way_to_log_in_and_there_are_no_others()
    {
        var documented = FirstCells(Checkout.Read("src/Orleans.Sessions/Policies/README.md"));
        var checks = Protocol.SessionV2.Checks.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name);
        Assert.Equal(checks.Order(), documented.Order());
    }

    [Fact, Asvs("6.8.4")]
    public void What_is_assumed_of_a_login_at_a_provider_is_documented() =>
        Assert.Matches(
            @"`acr`, `amr` and `auth_time` are not looked at[\s\S]*counts as one factor of the weakest kind",
            Checkout.Read("src/Orleans.Sessions/Policies/README.md")
        );

    [Fact, Asvs("7.1.1", "7.1.2")]
    public void Lifetimes_and_numbers_of_sessions_are_documented_with_their_defaults_and_the_deviation_from_NIST()
    {
        foreach (var key in new[] { "MaxLifetime", "MaxIdleTimeout", "MaxSessionsPerUser" })
        {
            IsDocumented($"Sessions:{key}", typeof(SessionOptions).GetProperty(key)!.GetValue(new SessionOptions()));
            Assert.Contains($"Sessions:{key}", Checkout.Read("src/Orleans.Sessions/Expiry/README.md"), StringComparison.Ordinal);
        }

        Assert.Matches(@"Deviation from NIST SP 800-63B[\s\S]*The reason is", Checkout.Read("src/Orleans.Sessions/Expiry/README.md"));
    }

    [Theory, Asvs("7.1.3")]
    [InlineData("OpenID Connect client")]
    [InlineData("SAML service provider")]
    [InlineData("external identity provider")]
    [InlineData("cookie application")]
    [InlineData("in-cluster application")]
    [InlineData("device")]
    public void Each_system_of_the_federation_is_documented_with_beginning_end_and_new_login(string system)
    {
        var lines = Checkout.Read("src/Orleans.Sessions/Expiry/README.md").Split('\n');
        var row = lines.Single(line => line.StartsWith($"| {system}", StringComparison.Ordinal));
        Assert.All(row.Split('|')[1..5], cell => Assert.NotEmpty(cell.Trim()));
    }

    [Fact, Asvs("16.1.1", "16.3.3")]
    public void Every_kind_of_event_is_in_the_inventory()
    {
        var inventory = Checkout.Read("src/Orleans.Sessions/Audit/README.md");
        var groups = AuditKinds.All.Keys.Select(name => name.Split('.')[0]).Distinct();
        Assert.All(groups, group => Assert.Contains($"`{group}.*`", inventory, StringComparison.Ordinal));
        Assert.Contains("| layer | what | form | where it is kept | who reads it | how long |", inventory, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Configuration)]
    [InlineData(Threats)]
    [InlineData("src/Orleans.Sessions/Policies/README.md")]
    [InlineData("src/Orleans.Sessions/Expiry/README.md")]
    [InlineData("src/Orleans.Sessions/Audit/README.md")]
    [InlineData("src/Orleans.Sessions/Passwords/Guessable/README.md")]
    [InlineData("tests/Orleans.Sessions.Asvs.Tests/ASVS.md")]
    public void The_readme_leads_to_each_document(string path)
    {
        Assert.Contains($"]({path})", Checkout.Read("README.md"), StringComparison.Ordinal);
        Assert.NotEmpty(Checkout.Read(path));
    }

    private static void AreDocumented(string section, Type options, string[] except)
    {
        var defaults = Activator.CreateInstance(options);
        foreach (var property in options.GetProperties().Where(property => !except.Contains(property.Name)))
        {
            IsDocumented($"{section}:{property.Name}", property.GetValue(defaults));
        }
    }

    /// <summary>The key is in a table with its default.</summary>
    private static void IsDocumented(string key, object? value)
    {
        var list = value is System.Collections.IEnumerable and not string;
        Assert.Contains(list ? $"{key}:0" : key, s_settings.Keys);
        if (list)
        {
            return;
        }

        Assert.Equal(
            value switch
            {
                null => "none",
                bool flag => flag ? "true" : "false",
                TimeSpan time => $"{time:c}",
                _ => $"{value}",
            },
            s_settings[key]
        );
    }

    /// <summary>The keys of the tables of settings with their defaults.</summary>
    private static Dictionary<string, string> Settings(string document) =>
        document
            .Split('\n')
            .Where(line => line.StartsWith("| `Sessions:", StringComparison.Ordinal))
            .Select(row => row.Split('|'))
            .ToDictionary(cells => cells[1].Trim(' ', '`'), cells => cells[2].Trim(' ', '`'));

    /// <summary>The names in the first column of the first table.</summary>
    private static IEnumerable<string> FirstCells(string document) =>
        document
            .Split('\n')
            .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => Code().Match(line).Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
