using System.Reflection;
using System.Text;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tests.Golden;

/// <summary>What nodes of two versions say to each other, and the names and numbers that are stored, do not change.</summary>
public sealed class ContractTests
{
    private static readonly Assembly[] s_assemblies =
    [
        typeof(ISessionGrain).Assembly,
        typeof(IPoliciesGrain).Assembly,
        typeof(SessionRecord).Assembly,
    ];

    private static readonly IEnumerable<Type> s_types = s_assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Namespace?.StartsWith("Orleans.Sessions", StringComparison.Ordinal) == true)
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    [Fact]
    public void Grain_interfaces_and_serialized_types_stay_what_older_nodes_know()
    {
        var text = new StringBuilder();
        foreach (
            var type in s_types
                .Where(type => type.GetCustomAttribute<AliasAttribute>(inherit: false) is not null)
                .OrderBy(AliasOf, StringComparer.Ordinal)
        )
        {
            text.Append(AliasOf(type)).Append('\n');
            foreach (var line in (type.IsInterface ? Methods(type) : Members(type)).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(line).Append('\n');
            }
        }

        GoldenFile.Compare("contracts.txt", text.ToString());
    }

    [Fact]
    public void Every_serialized_type_and_grain_interface_has_an_alias_of_its_own()
    {
        var serialized = s_types
            .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null && !type.IsAbstract)
            .ToList();
        var interfaces = s_types.Where(type => type.IsInterface && type.GetInterfaces().Contains(typeof(IGrain))).ToList();
        Assert.Empty(
            serialized
                .Concat(interfaces)
                .Where(type => type.GetCustomAttribute<AliasAttribute>(inherit: false) is null)
                .Select(type => type.FullName)
        );
        Assert.Empty(serialized.Concat(interfaces).GroupBy(AliasOf).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Applications_may_call_the_grain_interfaces_of_their_package_and_no_others()
    {
        var interfaces = s_types.Where(type => type.IsInterface && type.GetInterfaces().Contains(typeof(IGrain))).ToList();
        var open = interfaces.Where(type => type.IsDefined(typeof(OpenToClusterClientsAttribute), inherit: false)).ToList();
        Assert.NotEmpty(open);
        Assert.Equal(interfaces.Where(type => type.Assembly == typeof(ISessionGrain).Assembly), open);
    }

    [Fact]
    public void Grain_types_stay_because_stored_keys_have_them() =>
        GoldenFile.Compare(
            "grains.txt",
            string.Concat(
                s_types
                    .Where(type => type.GetCustomAttribute<GrainTypeAttribute>() is not null)
                    .Select(type =>
                        type.GetCustomAttributesData().Single(attribute => attribute.AttributeType == typeof(GrainTypeAttribute))
                    )
                    .Select(attribute => $"{attribute.ConstructorArguments[0].Value}\n")
                    .Order(StringComparer.Ordinal)
            )
        );

    [Fact]
    public void Names_of_security_events_stay_because_people_search_for_them() =>
        GoldenFile.Compare(
            "events.txt",
            string.Concat(
                typeof(AuditKinds)
                    .GetFields(BindingFlags.Public | BindingFlags.Static)
                    .Select(field => field.GetValue(null))
                    .OfType<AuditKind>()
                    .Select(kind => $"{kind.Name}\n")
                    .Order(StringComparer.Ordinal)
            )
        );

    [Fact]
    public void Numbers_of_enumerations_stay_because_they_are_stored_and_sent() =>
        GoldenFile.Compare(
            "enums.txt",
            string.Concat(
                s_types
                    .Where(type => type.IsEnum && !type.IsNested)
                    .SelectMany(type =>
                        Enum.GetValues(type)
                            .Cast<object>()
                            .Distinct()
                            .Select(value => $"{type.FullName}.{value} = {Convert.ToInt64(value, null)}\n")
                    )
            )
        );

    private static string AliasOf(Type type) => type.GetCustomAttribute<AliasAttribute>(inherit: false)!.Alias;

    private static IEnumerable<string> Methods(Type type) =>
        type.GetMethods()
            .Select(method =>
                $"{method.GetCustomAttribute<AliasAttribute>()?.Alias ?? method.Name}"
                + $"({string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)))}): {Name(method.ReturnType)}"
            );

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(member => (Member: member, Id: member.GetCustomAttribute<IdAttribute>()))
            .Where(one => one.Id is not null)
            .Select(one =>
                $"{one.Id!.Id:D3} {one.Member.Name}: {Name(one.Member is PropertyInfo property ? property.PropertyType : ((FieldInfo)one.Member).FieldType)}"
            );

    private static string Name(Type type) =>
        !type.IsGenericType ? type.Name : $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
}
