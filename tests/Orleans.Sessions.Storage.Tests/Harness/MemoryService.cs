using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Sessions.States;
using Orleans.Sessions.Tests.Harness;
using Orleans.Storage;

namespace Orleans.Sessions.Storage.Tests.Harness;

/// <summary>A <see cref="MemoryStore"/>, written as grains write it.</summary>
public sealed class MemoryService : ConformingService
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddKeyedSingleton<IGrainStorageSerializer>(StateNames.Provider, (_, _) => new JsonAsIs())
        .BuildServiceProvider();

    private readonly MemoryStore _store;

    public MemoryService() => _store = new(_services);

    public override ISessionDirectory Sessions => _store;

    public override IUserDirectory Users => _store;

    public override IIdRangeStore IdRanges => _store;

    public override async Task<int?> WriteAsync(string state, string key, string json, Projection? projection = null, int? version = null)
    {
        var row = new WrittenState<string>(projection, [])
        {
            State = json,
            ETag = version?.ToString(CultureInfo.InvariantCulture),
            RecordExists = version is not null,
        };
        try
        {
            await _store.WriteStateAsync(state, GrainId.Create(state, key), row);
            return int.Parse(row.ETag!, CultureInfo.InvariantCulture);
        }
        catch (InconsistentStateException)
        {
            return null;
        }
    }

    public override Task<string?> ReadAsync(string state, string key) => Task.FromResult(_store.Json(state, key));

    public override ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>The suites write JSON themselves.</summary>
    private sealed class JsonAsIs : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new((string)(object)input!);

        public T Deserialize<T>(BinaryData input) => (T)(object)input.ToString();
    }
}
