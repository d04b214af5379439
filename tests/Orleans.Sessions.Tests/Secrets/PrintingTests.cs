using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tests.Secrets;

/// <summary>Records print their members, in logs and in error texts. They must not print secrets.</summary>
public sealed partial class PrintingTests
{
    private const string Secret = "s3cr3t-in-plain";

    /// <summary>Names of entries and roles, and what an owner publishes in the DNS: they are called like secrets and are none.</summary>
    private static readonly string[] s_harmless =
    [
        "MetadataKey.Key",
        "OrganizationMetadata.Key",
        "AssignedRole.Key",
        "ClaimRule.Key",
        "SamlAttributeRule.Key",
        "GrantableRole.Key",
        "GrantedRole.Key",
        "ProjectRole.Key",
        "ProjectRoleChange.Key",
        "DomainChallenge.Token",
        "StoredDomain.Token",
        "OAuthEndpoints.Token",
    ];

    [Theory]
    [Asvs("16.2.5")]
    [InlineData(typeof(Checks))]
    [InlineData(typeof(IPoliciesGrain))]
    [InlineData(typeof(SessionDraft))]
    public void No_record_prints_a_secret(Type inAssembly)
    {
        var printed =
            from type in inAssembly.Assembly.GetTypes()
            where IsRecord(type)
            from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            where IsSecret(property) && Printed(type, property).Contains(Secret, StringComparison.Ordinal)
            select $"{type.Name}.{property.Name}";
        var told = printed.Except(s_harmless).ToList();
        Assert.True(told.Count == 0, string.Join(" ", told));
    }

    [Fact]
    public void Checks_print_what_is_given()
    {
        var checks = new Checks
        {
            User = new UserCheck { UserId = "u1" },
            Password = Secret,
            Intent = new IntentCheck("i1", Secret),
        };
        var printed = new CreateSession
        {
            Caller = Caller.InCluster,
            Checks = checks,
            Token = Secret,
            Idempotency = new Idempotency(Secret, [1]),
        }.ToString();
        Assert.Contains("u1", printed, StringComparison.Ordinal);
        Assert.Contains("Given = Password Intent", printed, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, printed, StringComparison.Ordinal);
    }

    private static bool IsRecord(Type type) =>
        type is { IsAbstract: false, ContainsGenericParameters: false } && type.GetMethod("<Clone>$") is not null;

    private static bool IsSecret(PropertyInfo property) =>
        property is { CanWrite: true } && property.PropertyType == typeof(string) && Secrets().IsMatch(property.Name);

    private static string Printed(Type type, PropertyInfo property)
    {
        var record = RuntimeHelpers.GetUninitializedObject(type);
        foreach (
            var other in type.GetProperties()
                .Where(other =>
                    other is { CanWrite: true, PropertyType.IsGenericType: true }
                    && other.PropertyType.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
                )
        )
        {
            other.SetValue(record, other.PropertyType.GetField("Empty")!.GetValue(null));
        }

        property.SetValue(record, Secret);
        return record.ToString()!;
    }

    [GeneratedRegex("^(Key|Current|Totp|OtpSms|OtpEmail|WebAuthn|RecoveryCode)$|(Password|Token|Secret|Code|Verifier)$")]
    private static partial Regex Secrets();
}
