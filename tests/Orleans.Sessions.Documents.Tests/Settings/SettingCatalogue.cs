using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Sessions.Documents.Tests.Settings;

/// <summary>
/// All settings of the service. A class with a constant <c>Section</c> is bound to that section. A constant whose documentation has a
/// <c>value</c> is a key that the code reads by itself; the value is its default.
/// </summary>
internal static class SettingCatalogue
{
    private static readonly string[] s_assemblies =
    [
        "Orleans.Sessions",
        "Orleans.Sessions.Cluster",
        "Orleans.Sessions.Gateway",
        "Orleans.Sessions.Host",
        "Orleans.Sessions.Storage",
    ];

    private static readonly List<Type> s_types =
    [
        .. s_assemblies
            .SelectMany(name => Assembly.Load(name).GetTypes())
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)))
            .DistinctBy(type => type.FullName),
    ];

    /// <summary>The classes with their sections.</summary>
    public static IReadOnlyList<(string Section, Type Type)> Classes { get; } =
    [
        .. s_types
            .Where(type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true })
            .Select(type => ((string)type.GetField("Section")!.GetRawConstantValue()!, type))
            .OrderBy(pair => pair.Item1, StringComparer.Ordinal),
    ];

    /// <summary>Every key.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Constants(), .. Classes.SelectMany(one => Of(one.Section, one.Type))];

    private static IEnumerable<Setting> Constants() =>
        from type in s_types
        from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        where field.IsLiteral && field.FieldType == typeof(string)
        let member = $"F:{NameOf(type)}.{field.Name}"
        let value = XmlDocs.Value(member)
        where value is not null
        let key = (string)field.GetRawConstantValue()!
        select new Setting(key[..key.LastIndexOf(':')], key, value!, XmlDocs.Summary(member));

    private static IEnumerable<Setting> Of(string section, Type type)
    {
        // A class of nothing but a list that the section is named after is bound to the entries.
        var only =
            Settable(type) is [var property] && section.EndsWith(property.Name, StringComparison.Ordinal) ? property.PropertyType : null;
        return only is not null && ItemOf(only) is { } item
            ? OfObject(section, $"{section}:0", item, Activator.CreateInstance(item)!, "")
            : OfObject(section, section, type, Activator.CreateInstance(type, nonPublic: true)!, "");
    }

    private static IEnumerable<Setting> OfObject(string section, string path, Type type, object instance, string before) =>
        Settable(type).SelectMany(property => OfProperty(section, path, property, property.GetValue(instance), before));

    private static IEnumerable<Setting> OfProperty(string section, string path, PropertyInfo property, object? value, string before)
    {
        var meaning = before + XmlDocs.Summary($"P:{NameOf(property.DeclaringType!)}.{property.Name}");
        var key = $"{path}:{property.Name}";
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (ItemOf(type) is { } item)
        {
            Assert.Empty((IEnumerable)value!);
            return IsValue(item)
                ? [new Setting(section, $"{key}:0", "none", meaning + Choices(item))]
                : OfObject(section, $"{key}:0", item, Activator.CreateInstance(item)!, "");
        }

        return IsValue(type)
            ? [new Setting(section, key, Text(value), meaning + Choices(type))]
            : OfObject(section, key, type, value ?? Activator.CreateInstance(type)!, $"{meaning} ");
    }

    private static List<PropertyInfo> Settable(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is { IsPublic: true } || ItemOf(property.PropertyType) is not null)
                .OrderBy(property => property.MetadataToken),
        ];

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;

    private static bool IsValue(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(TimeSpan) || type == typeof(Uri);

    /// <summary>The values of an enumeration, with what they mean where it is ours.</summary>
    private static string Choices(Type type)
    {
        if (!type.IsEnum)
        {
            return "";
        }

        var choices = Enum.GetNames(type).Select(name => (Name: $"`{name}`", Meaning: XmlDocs.Find($"F:{NameOf(type)}.{name}"))).ToList();
        return choices.TrueForAll(choice => choice.Meaning is null)
            ? $" One of {string.Join(", ", choices.Select(choice => choice.Name))}."
            : string.Concat(choices.Select(choice => $" {choice.Name}: {choice.Meaning}"));
    }

    private static string Text(object? value) =>
        value switch
        {
            null or "" => "none",
            Enum choice when !Enum.IsDefined(choice.GetType(), choice) => "none",
            bool flag => flag ? "`true`" : "`false`",
            TimeSpan time => $"`{time:c}`",
            _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
        };

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');
}
