using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.SigningKeys;

/// <inheritdoc cref="ISigningKeysGrain"/>
[GrainType("signing-keys")]
internal sealed class SigningKeysGrain : Grain, ISigningKeysGrain
{
    /// <summary>An old key is published while what it signed may be valid. Without a maximum, many changes make a very long list.</summary>
    private const int MaxKeys = 100;

    private readonly SecretProtector _secrets;
    private readonly KeySchedule _schedule;
    private readonly TimeProvider _clock;
    private readonly DurableState<SigningKeysRecord> _state;
    private (SigningKeysRecord Record, DateTimeOffset Until, SigningKeySet Keys)? _shown;

    /// <summary>Called by the runtime.</summary>
    public SigningKeysGrain(
        IGrainContext context,
        StateServices state,
        SecretProtector secrets,
        IServiceProvider services,
        TimeProvider clock
    )
    {
        (_secrets, _clock) = (secrets, clock);
        _schedule = services.GetRequiredKeyedService<KeySchedule>(context.GrainId.Key.ToString());
        _state = new(StateNames.SigningKeys, context, state);
    }

    /// <inheritdoc/>
    public async Task<SigningKeySet> GetAsync()
    {
        var record = await LoadAsync();
        var now = _clock.GetMicroNow();
        if (_shown is not { } shown || shown.Record != record || now >= shown.Until)
        {
            var next = record
                .Keys.Where(key => key.SignsFrom > now)
                .Select(key => key.SignsFrom)
                .DefaultIfEmpty(DateTimeOffset.MaxValue)
                .Min();
            _shown = shown = (record, next, Show(record, now));
        }

        return shown.Keys;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<PublishedKey>> ListAsync(Caller caller)
    {
        caller.Require(Permission.SigningKeyRead);
        return Published(await LoadAsync());
    }

    /// <inheritdoc/>
    public async Task<KeyRotation> RotateAsync(Caller caller, bool withdrawOthers)
    {
        caller.Require(Permission.SigningKeyWrite);
        var record = await LoadAsync();
        var now = _clock.GetMicroNow();
        var isNew = withdrawOthers || record.Keys[^1].SignsFrom <= now;
        if (withdrawOthers)
        {
            record = await _state.ReplaceAsync(record with { Keys = [await NewKeyAsync(now, NewestForm(record))] });
        }
        else if (isNew)
        {
            EnsureRoom(record);
            var next = await NewKeyAsync(now + _schedule.Announcement, NewestForm(record));
            record = await _state.ReplaceAsync(record with { Keys = record.Keys.Add(next) });
        }

        return new KeyRotation(Published(record), isNew);
    }

    /// <inheritdoc/>
    public async Task<PublishedKey> CreateAsync(Caller caller, KeyForm form)
    {
        caller.Require(Permission.SigningKeyWrite);
        if (_schedule.Certified && form != KeyForm.Default)
        {
            throw new SessionException(SessionErrors.NotOffered);
        }

        var record = await LoadAsync();
        var now = _clock.GetMicroNow();
        if (record.Keys[^1].SignsFrom > now)
        {
            throw new SessionException(SessionErrors.WebKeyAnnounced);
        }

        EnsureRoom(record);
        var key = await NewKeyAsync(now + _schedule.Announcement, form);
        return Published(await _state.ReplaceAsync(record with { Keys = record.Keys.Add(key) }))[^1];
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> ActivateAsync(Caller caller, string keyId)
    {
        caller.Require(Permission.SigningKeyWrite);
        var record = await LoadAsync();
        var now = _clock.GetMicroNow();
        var key = record.Keys.FirstOrDefault(key => key.Id == keyId) ?? throw new SessionException(SessionErrors.WebKeyUnknown);
        if (key == Active(record, now))
        {
            return key.SignsFrom;
        }

        if (key.SignsFrom <= now)
        {
            throw new SessionException(SessionErrors.WebKeyRetired);
        }

        await _state.ReplaceAsync(record with { Keys = record.Keys.Replace(key, key with { SignsFrom = now }) });
        return now;
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> RemoveAsync(Caller caller, string keyId)
    {
        caller.Require(Permission.SigningKeyWrite);
        var record = await LoadAsync();
        var now = _clock.GetMicroNow();
        if (record.Keys.FirstOrDefault(key => key.Id == keyId) is not { } key)
        {
            return null;
        }

        if (key == Active(record, now))
        {
            throw new SessionException(SessionErrors.WebKeySigns);
        }

        await _state.ReplaceAsync(record with { Keys = record.Keys.Remove(key) });
        return now;
    }

    /// <summary>The record, after making the first keys or the next key if due, and dropping old keys.</summary>
    private async Task<SigningKeysRecord> LoadAsync()
    {
        var now = _clock.GetMicroNow();
        if (await _state.ReadAsync() is not { } record)
        {
            return await _state.ReplaceAsync(
                new SigningKeysRecord
                {
                    Keys = [await NewKeyAsync(now, KeyForm.Default)],
                    EncryptionKey = [.. _secrets.Protect(RandomNumberGenerator.GetBytes(32), SigningKeySet.EncryptionPurpose)],
                }
            );
        }

        var keys = record.Keys;
        if (keys[^1].SignsFrom + _schedule.Lifetime - _schedule.Announcement <= now)
        {
            var due = keys[^1].SignsFrom + _schedule.Lifetime;
            var announced = now + _schedule.Announcement;
            keys = keys.Add(await NewKeyAsync(due > announced ? due : announced, NewestForm(record)));
        }

        // A key can be dropped once its successor has signed for as long as anything that the key signed may live.
        while (keys.Length > 1 && keys[1].SignsFrom + _schedule.Afterlife <= now)
        {
            keys = keys.RemoveAt(0);
        }

        return keys == record.Keys ? record : await _state.ReplaceAsync(record with { Keys = keys });
    }

    private static void EnsureRoom(SigningKeysRecord record)
    {
        if (record.Keys.Length >= MaxKeys)
        {
            throw new SessionException(SessionErrors.TooManyWebKeys);
        }
    }

    private ImmutableArray<PublishedKey> Published(SigningKeysRecord record)
    {
        var active = Active(record, _clock.GetMicroNow());
        return
        [
            .. record.Keys.Select(key => new PublishedKey(
                key.Id,
                key.SignsFrom,
                key == active ? PublishedKeyState.Signing
                    : key.SignsFrom > active.SignsFrom ? PublishedKeyState.Announced
                    : PublishedKeyState.Retired,
                key.CreatedAt,
                key.Bits,
                key.Algorithm
            )),
        ];
    }

    private static StoredSigningKey Active(SigningKeysRecord record, DateTimeOffset now) => record.Keys.Last(key => key.SignsFrom <= now);

    private SigningKeySet Show(SigningKeysRecord record, DateTimeOffset now)
    {
        var active = Active(record, now);
        return new SigningKeySet(
            Show(active),
            [.. record.Keys.Where(key => key != active).Select(Show)],
            record.EncryptionKey,
            _schedule.Announcement
        );
    }

    private static SigningKey Show(StoredSigningKey key) => new(key.Id, key.PrivateKey, key.Certificate, key.Algorithm);

    /// <summary>The form of the key that was made last. Its successors have the same form.</summary>
    private static KeyForm NewestForm(SigningKeysRecord record) => KeyForm.Of(record.Keys[^1].Algorithm, record.Keys[^1].Bits);

    private async Task<StoredSigningKey> NewKeyAsync(DateTimeOffset signsFrom, KeyForm form)
    {
        var id = RandomText.NewId();
        var now = _clock.GetMicroNow();
        var until = signsFrom + _schedule.Lifetime + _schedule.Announcement;
        var (privateKey, certificate) = await Task.Run(() => Generate(id, form, now, until));
        return new StoredSigningKey(
            id,
            [.. _secrets.Protect(privateKey, SigningKey.Purpose(id))],
            signsFrom,
            certificate is null ? null : [.. certificate],
            now,
            form.Bits,
            form.Algorithm
        );
    }

    private (byte[] PrivateKey, byte[]? Certificate) Generate(string id, KeyForm form, DateTimeOffset now, DateTimeOffset until)
    {
        if (form.Curve is { } curve)
        {
            using var ecdsa = ECDsa.Create(curve);
            return (ecdsa.ExportPkcs8PrivateKey(), null);
        }

        using var rsa = RSA.Create(form.Bits ?? KeyForm.Default.Bits!.Value);
        return (rsa.ExportPkcs8PrivateKey(), _schedule.Certified ? Certificates.Create(rsa, id, now, until) : null);
    }
}
