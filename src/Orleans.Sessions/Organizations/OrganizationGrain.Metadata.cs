using System.Collections.Immutable;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Organizations;

/// <content>The metadata of the organization.</content>
internal sealed partial class OrganizationGrain
{
    /// <inheritdoc/>
    public async Task<DateTimeOffset> SetMetadataAsync(Caller caller, ImmutableDictionary<string, ImmutableArray<byte>> entries)
    {
        await EnsureMayAsync(caller, Permission.OrganizationWrite);
        if (entries.Values.Any(value => value.IsDefaultOrEmpty))
        {
            throw new SessionException(SessionErrors.MetadataInvalid);
        }

        var now = _clock.GetMicroNow();
        await ChangeMetadataAsync(metadata =>
        {
            var values = metadata.ToImmutableDictionary(entry => entry.Key, entry => entry.Value.Value);
            SessionMetadata.Merge(values, entries);
            return metadata.SetItems(
                entries
                    .Where(entry => !IsSame(metadata.GetValueOrDefault(entry.Key), entry.Value))
                    .Select(entry =>
                        KeyValuePair.Create(
                            entry.Key,
                            new StoredMetadata(entry.Value, metadata.GetValueOrDefault(entry.Key)?.CreatedAt ?? now, now)
                        )
                    )
            );
        });
        return now;
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> DeleteMetadataAsync(Caller caller, ImmutableArray<string> keys)
    {
        await EnsureMayAsync(caller, Permission.OrganizationWrite);
        await ChangeMetadataAsync(metadata =>
            keys.All(metadata.ContainsKey) ? metadata.RemoveRange(keys) : throw new SessionException(SessionErrors.MetadataKeyNotFound)
        );
        return _clock.GetMicroNow();
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<OrganizationMetadata>> ListMetadataAsync(Caller caller)
    {
        await EnsureMayAsync(caller, Permission.OrganizationRead);
        return
        [
            .. ((await _state.ReadAsync())?.Metadata ?? [])
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => new OrganizationMetadata(entry.Key, entry.Value.Value, entry.Value.CreatedAt, entry.Value.ChangedAt)),
        ];
    }

    private static bool IsSame(StoredMetadata? before, ImmutableArray<byte> value) =>
        before is not null && before.Value.AsSpan().SequenceEqual(value.AsSpan());

    private async Task EnsureMayAsync(Caller caller, Permission permission)
    {
        caller.Require(permission, Id);
        if (await Organizations.NameOfAsync(Id) is null)
        {
            throw new SessionException(SessionErrors.OrganizationNotFound);
        }
    }

    private Task ChangeMetadataAsync(Func<ImmutableDictionary<string, StoredMetadata>, ImmutableDictionary<string, StoredMetadata>> rule) =>
        WriteAsync(record =>
        {
            if (record.State == OrganizationState.Removed)
            {
                throw new SessionException(SessionErrors.OrganizationNotFound);
            }

            var before = record.Metadata ?? ImmutableDictionary<string, StoredMetadata>.Empty;
            var after = rule(before);
            return after == before ? record : record with { Metadata = after.IsEmpty ? null : after };
        });
}
