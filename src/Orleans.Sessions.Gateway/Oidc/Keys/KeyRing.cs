using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Oidc.Keys;

/// <summary>
/// This node's copy of the installation's keys. It is asked for again every minute; a new key is published for longer than that before it signs, so no
/// node meets a token it cannot verify.
/// </summary>
internal sealed class KeyRing(IGrainFactory grains, SecretProtector secrets, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _loading = new(1);
    private CancellationTokenSource _changed = new();
    private Keys? _keys;
    private long _loadedAt;
    private volatile bool _isOld;

    /// <summary>The keys. Fails when <see cref="EnsureAsync"/> was not called before.</summary>
    public Keys Current => _keys ?? throw new InvalidOperationException("The keys are not loaded yet.");

    /// <summary>Fires when there are other keys.</summary>
    public IChangeToken Changed => new CancellationChangeToken(_changed.Token);

    private bool IsFresh => _keys is not null && !_isOld && clock.GetElapsedTime(_loadedAt) < s_freshFor;

    /// <summary>Loads the keys if they are not there or old.</summary>
    public ValueTask EnsureAsync(CancellationToken cancellationToken) => IsFresh ? ValueTask.CompletedTask : new(LoadAsync(cancellationToken));

    /// <summary>Takes the keys for old: they were changed.</summary>
    public void Forget() => _isOld = true;

    public void Dispose()
    {
        _changed.Dispose();
        _loading.Dispose();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (IsFresh)
            {
                return;
            }

            _isOld = false;
            var now = clock.GetTimestamp();
            var set = await GrainCalls.RepeatIdempotentAsync(
                () => grains.GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys).GetAsync(), clock, cancellationToken);
            var isNew = _keys is null || !_keys.IsOf(set);
            if (isNew)
            {
                _keys = new Keys(set, secrets);
            }

            _loadedAt = now;
            if (isNew)
            {
                using var before = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
                await before.CancelAsync();
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Key objects of one state of the installation's keys.</summary>
    internal sealed class Keys
    {
        private readonly ImmutableArray<string> _ids;

        public Keys(SigningKeySet set, SecretProtector secrets)
        {
            _ids = Ids(set);
            Signing = [.. set.Others.Prepend(set.Active).Select(key => Key(key, secrets))];
            Encryption = new SymmetricSecurityKey(set.EncryptionKey(secrets)) { KeyId = "e" };
        }

        /// <summary>The key that signs, then the others.</summary>
        public ImmutableArray<RsaSecurityKey> Signing { get; }

        /// <summary>Encrypts what only this installation reads.</summary>
        public SymmetricSecurityKey Encryption { get; }

        /// <summary>Whether these are the keys of <paramref name="set"/>, with the same one signing.</summary>
        public bool IsOf(SigningKeySet set) => _ids.SequenceEqual(Ids(set));

        private static ImmutableArray<string> Ids(SigningKeySet set) => [set.Active.Id, .. set.Others.Select(key => key.Id)];

        /// <summary>Lives as long as the key may be used by somebody, which nobody can say: left to the finalizer.</summary>
        private static RsaSecurityKey Key(SigningKey key, SecretProtector secrets) => new(key.PrivateKey(secrets)) { KeyId = key.Id };
    }
}
