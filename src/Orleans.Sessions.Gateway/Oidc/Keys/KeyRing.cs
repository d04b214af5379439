using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Issuers;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Gateway.Oidc.Keys;

/// <summary>
/// This node's copy of the installation's keys. The node reloads it every minute. A new key is published for longer than that before it
/// signs, so every node can verify every token.
/// </summary>
internal sealed class KeyRing(Grains grains, SecretProtector secrets, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _loading = new(1);
    private CancellationTokenSource _changed = new();
    private Keys? _keys;
    private long _loadedAt;
    private volatile bool _isOld;

    /// <summary>The keys. Fails if <see cref="EnsureAsync"/> was not called before.</summary>
    public Keys Current => _keys ?? throw new InvalidOperationException("The keys are not loaded yet.");

    /// <summary>Fires when the keys change.</summary>
    public IChangeToken Changed => new CancellationChangeToken(_changed.Token);

    private bool IsFresh => _keys is not null && !_isOld && clock.GetElapsedTime(_loadedAt) < s_freshFor;

    /// <summary>Loads the keys if they are missing or old.</summary>
    public ValueTask EnsureAsync(CancellationToken cancellationToken) =>
        IsFresh ? ValueTask.CompletedTask : new(LoadAsync(cancellationToken));

    /// <summary>Marks the keys as old, because they were changed.</summary>
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
            var set = await grains.CallAsync(() => grains.SigningKeys.GetAsync(), cancellationToken);
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

    /// <summary>The key objects for one state of the installation's keys.</summary>
    internal sealed class Keys
    {
        private const string PssSuffix = "-ps256";

        private readonly ImmutableArray<string> _ids;

        public Keys(SigningKeySet set, SecretProtector secrets)
        {
            _ids = Ids(set);
            SigningKey[] keys = [set.Active, .. set.Others];
            Signing =
            [
                .. keys.Select(key => Credentials(key, key.Id, key.Form.Algorithm, secrets)),
                .. keys.Where(key => key.Form.Algorithm == SecurityAlgorithms.RsaSha256)
                    .Select(key => Credentials(key, $"{key.Id}{PssSuffix}", SecurityAlgorithms.RsaSsaPssSha256, secrets)),
            ];
            Encryption = new SymmetricSecurityKey(set.EncryptionKey(secrets)) { KeyId = "e" };
        }

        /// <summary>
        /// The key that signs, followed by the other keys, each with its algorithm. A key of RS256 is there a second time for PS256, under
        /// another id: clients take only a key that is published for the algorithm of the token. <see cref="PublishedAlgorithms"/> says
        /// when that one is published.
        /// </summary>
        public ImmutableArray<SigningCredentials> Signing { get; }

        /// <summary>The key that encrypts texts for this installation only.</summary>
        public SymmetricSecurityKey Encryption { get; }

        /// <summary>
        /// The published key that signs for a client that wants one of these algorithms, best first; <c>null</c> if that is the key that
        /// signs everything, or if no key will do. The hashes in ID tokens are made for the key that signs everything, so both hashes must
        /// have the same length.
        /// </summary>
        public SigningCredentials? SignerOf(ImmutableArray<string> algorithms)
        {
            var signer = algorithms
                .Where(algorithm => algorithm[^3..] == Signing[0].Algorithm[^3..])
                .Select(algorithm => Signing.FirstOrDefault(key => key.Algorithm == algorithm))
                .FirstOrDefault(key => key is not null);
            return signer == Signing[0] ? null : signer;
        }

        /// <summary>Whether these are the keys of <paramref name="set"/>, with the same signing key.</summary>
        public bool IsOf(SigningKeySet set) => _ids.SequenceEqual(Ids(set));

        private static ImmutableArray<string> Ids(SigningKeySet set) => [set.Active.Id, .. set.Others.Select(key => key.Id)];

        /// <summary>A request may use the key at any time, so the finalizer disposes it.</summary>
        private static SigningCredentials Credentials(SigningKey key, string id, string algorithm, SecretProtector secrets) =>
            new(SecurityKeys.Of(key.PrivateKey(secrets), id), algorithm);
    }
}
