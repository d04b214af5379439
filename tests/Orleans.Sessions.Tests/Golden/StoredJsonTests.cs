using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Tests.Golden;

/// <summary>Rows that are stored stay readable, and new ones are written as before.</summary>
public sealed class StoredJsonTests
{
    private const string Earlier = "stored/earlier";

    private static readonly JsonSerializerOptions s_layout = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly IEnumerable<Type> s_contexts = typeof(SessionRecord)
        .Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)));

    private static readonly StateSerializer s_serializer = new([
        .. s_contexts.Select(type => (JsonSerializerContext)type.GetProperty("Default")!.GetValue(null)!),
    ]);

    private static readonly IEnumerable<Type> s_types = s_contexts
        .SelectMany(context => context.GetCustomAttributesData())
        .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
        .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!);

    public static TheoryData<string> Records => [.. s_types.Select(type => type.Name).Order()];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_is_written_as_before_and_read_without_loss(string name)
    {
        var written = Write(Sample.Of(TypeOf(name)));

        if (GoldenFile.IsWritten)
        {
            Keep(name, written);
        }

        GoldenFile.Compare($"stored/{name}.json", written);
        Assert.Equal(written, Write(Read(name, written)));
    }

    [Fact]
    public void Rows_of_earlier_versions_are_read_without_loss()
    {
        foreach (var file in GoldenFile.List(Earlier))
        {
            var name = file.Split('.')[0];
            var stored = GoldenFile.Read($"{Earlier}/{file}")!;
            AssertContains(JsonNode.Parse(stored)!, JsonNode.Parse(Write(Read(name, stored))), name);
        }
    }

    [Fact]
    public void A_property_that_got_lost_is_found()
    {
        var stored = JsonNode.Parse("""{"id":"1","tokens":[{"hash":"AQ=="}]}""")!;
        AssertContains(stored, JsonNode.Parse("""{"tokens":[{"hash":"AQ==","new":1}],"id":"1"}"""), "row");
        Assert.ThrowsAny<Exception>(() => AssertContains(stored, JsonNode.Parse("""{"id":"1","tokens":[{}]}"""), "row"));
        Assert.ThrowsAny<Exception>(() => AssertContains(stored, JsonNode.Parse("""{"id":"2","tokens":[{"hash":"AQ=="}]}"""), "row"));
    }

    /// <summary>Whatever an earlier version had stored is still there.</summary>
    private static void AssertContains(JsonNode earlier, JsonNode? present, string place)
    {
        if (earlier is JsonObject members)
        {
            foreach (var (name, value) in members.Where(member => member.Value is not null))
            {
                AssertContains(value!, (present as JsonObject)?[name], $"{place}.{name}");
            }
        }
        else if (earlier is JsonArray items)
        {
            Assert.Equal((place, items.Count), (place, (present as JsonArray)?.Count));
            foreach (var (item, index) in items.Select((item, index) => (item, index)))
            {
                AssertContains(item!, present![index], $"{place}[{index}]");
            }
        }
        else
        {
            Assert.Equal((place, earlier.ToJsonString()), (place, present?.ToJsonString()));
        }
    }

    private static void Keep(string name, string written)
    {
        if (GoldenFile.Read($"stored/{name}.json") is { } before && before != written)
        {
            var number = Enumerable.Range(1, int.MaxValue).First(one => GoldenFile.Read($"{Earlier}/{name}.{one:D4}.json") is null);
            GoldenFile.Write($"{Earlier}/{name}.{number:D4}.json", before);
        }
    }

    private static Type TypeOf(string name) => s_types.Single(type => type.Name == name);

    private static string Write(object record)
    {
        var json = (BinaryData)Generic(nameof(StateSerializer.Serialize), record.GetType()).Invoke(s_serializer, [record])!;
        return JsonNode.Parse(json.ToString())!.ToJsonString(s_layout) + "\n";
    }

    private static object Read(string name, string json) =>
        Generic(nameof(StateSerializer.Deserialize), TypeOf(name)).Invoke(s_serializer, [BinaryData.FromString(json)])!;

    private static MethodInfo Generic(string name, Type type) =>
        typeof(StateSerializer)
            .GetMethods()
            .Single(method => method.Name == name && method.GetParameters()[0].ParameterType != typeof(ReadOnlySpan<byte>))
            .MakeGenericMethod(type);
}
