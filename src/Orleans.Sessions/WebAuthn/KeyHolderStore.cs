using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orleans.Sessions.WebAuthn;

/// <summary>
/// One user, or none, as the user store of ASP.NET Core. It reports every signature counter as 0, because the user's grain judges counters:
/// the handler would refuse an answer without saying why.
/// </summary>
internal sealed class KeyHolderStore(KeyHolder? holder) : IUserPasskeyStore<KeyHolder>
{
    /// <summary>A user manager over this one user.</summary>
    public static UserManager<KeyHolder> UsersOf(KeyHolder? holder) =>
        new(new KeyHolderStore(holder), null!, null!, null!, null!, null!, null!, null!, NullLogger<UserManager<KeyHolder>>.Instance);

    public Task<string> GetUserIdAsync(KeyHolder user, CancellationToken cancellationToken) => Task.FromResult(user.Handle);

    public Task<KeyHolder?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(holder?.Handle == userId ? holder : null);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(KeyHolder user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Credentials.Select(Info)]);

    public Task<KeyHolder?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(holder is not null && Find(holder, credentialId) is not null ? holder : null);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(KeyHolder user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(user, credentialId) is { } known ? Info(known) : null);

    public void Dispose() { }

    // The handler stores nothing through this class and asks for no names.
    public Task AddOrUpdatePasskeyAsync(KeyHolder user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task RemovePasskeyAsync(KeyHolder user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(KeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(KeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(KeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<KeyHolder?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string?> GetUserNameAsync(KeyHolder user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetUserNameAsync(KeyHolder user, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string?> GetNormalizedUserNameAsync(KeyHolder user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(KeyHolder user, string? normalizedName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private static WebAuthnCredential? Find(KeyHolder user, byte[] credentialId) =>
        user.Credentials.FirstOrDefault(known => known.Id.AsSpan().SequenceEqual(credentialId));

    private static UserPasskeyInfo Info(WebAuthnCredential key) =>
        new(
            [.. key.Id],
            [.. key.PublicKey],
            createdAt: default,
            signCount: 0,
            [.. key.Transports],
            isUserVerified: false,
            key.IsBackupEligible,
            key.IsBackedUp,
            attestationObject: [],
            clientDataJson: []
        );
}
