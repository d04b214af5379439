using System.Collections.Immutable;
using System.Reflection;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>Makes an object of any record type in which every property has a value, always the same.</summary>
internal static class Sample
{
    private const int MaxDepth = 8;

    private static readonly Dictionary<Type, Func<string, object>> s_simple = new()
    {
        [typeof(string)] = name => name,
        [typeof(bool)] = _ => true,
        [typeof(byte)] = _ => (byte)1,
        [typeof(int)] = _ => 2,
        [typeof(uint)] = _ => 3u,
        [typeof(long)] = _ => 4L,
        [typeof(ulong)] = _ => 5UL,
        [typeof(double)] = _ => 0.5,
        [typeof(TimeSpan)] = _ => TimeSpan.FromMinutes(90),
        [typeof(DateTimeOffset)] = _ => new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        [typeof(DateOnly)] = _ => new DateOnly(2026, 1, 2),
        [typeof(Guid)] = _ => new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        [typeof(Uri)] = name => new Uri($"https://{name}.example.com/"),
    };

    public static object Of(Type type) => Make(type, type.Name, 0) ?? throw new InvalidOperationException($"{type} cannot be made.");

    private static object? Make(Type type, string name, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return depth > MaxDepth ? null
            : s_simple.TryGetValue(type, out var simple) ? simple(name)
            : type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)
            : type.IsGenericType ? Collection(type, name, depth)
            : Record(type, depth);
    }

    private static object? Collection(Type type, string name, int depth)
    {
        var items = type.GetGenericArguments().Select(item => Make(item, name, depth + 1)).ToArray();
        var (factory, create) = type.GetGenericTypeDefinition() switch
        {
            var list when list == typeof(ImmutableArray<>) => (typeof(ImmutableArray), nameof(ImmutableArray.Create)),
            var list when list == typeof(ImmutableList<>) || list == typeof(IReadOnlyList<>) => (
                typeof(ImmutableList),
                nameof(ImmutableList.Create)
            ),
            var map when map == typeof(ImmutableDictionary<,>) => (typeof(Sample), nameof(Map)),
            var map when map == typeof(ImmutableSortedDictionary<,>) => (typeof(Sample), nameof(Sorted)),
            var map when map == typeof(Dictionary<,>) => (typeof(Sample), nameof(Mutable)),
            _ => throw new NotSupportedException($"{type} is not known to the samples."),
        };
        return factory
            .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Single(method =>
                method.Name == create
                && method.GetParameters() is var parameters
                && parameters.Length == items.Length
                && parameters.All(parameter => parameter.ParameterType.IsGenericParameter)
            )
            .MakeGenericMethod(type.GetGenericArguments())
            .Invoke(null, items);
    }

    private static ImmutableDictionary<TKey, TValue> Map<TKey, TValue>(TKey key, TValue value)
        where TKey : notnull => ImmutableDictionary<TKey, TValue>.Empty.Add(key, value);

    private static ImmutableSortedDictionary<TKey, TValue> Sorted<TKey, TValue>(TKey key, TValue value)
        where TKey : notnull => ImmutableSortedDictionary<TKey, TValue>.Empty.Add(key, value);

    private static Dictionary<TKey, TValue> Mutable<TKey, TValue>(TKey key, TValue value)
        where TKey : notnull => new() { [key] = value };

    private static object Record(Type type, int depth)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(one => one.GetParameters() is not [var only] || only.ParameterType != type)
            .MaxBy(one => one.GetParameters().Length)
            ?? throw new NotSupportedException($"{type} is not known to the samples.");
        var made = constructor.Invoke([
            .. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, parameter.Name!, depth + 1)),
        ]);
        foreach (
            var property in type.GetProperties()
                .Where(property => property.SetMethod is not null && property.GetIndexParameters().Length == 0)
        )
        {
            property.SetValue(made, Make(property.PropertyType, char.ToLowerInvariant(property.Name[0]) + property.Name[1..], depth + 1));
        }

        return made;
    }
}
