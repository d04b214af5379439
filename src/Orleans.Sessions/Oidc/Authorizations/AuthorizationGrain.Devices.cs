using Orleans.Sessions.Logins;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <content>A device's request (RFC 8628), until a person has decided and the device has fetched its tokens.</content>
internal sealed partial class AuthorizationGrain
{
    /// <summary>The tolerance for polling too early: network delays vary.</summary>
    private static readonly TimeSpan s_jitter = TimeSpan.FromMilliseconds(500);

    /// <summary>In memory only: after a restart a device may poll too early once.</summary>
    private DateTimeOffset _polledAt = DateTimeOffset.MinValue;

    /// <inheritdoc/>
    public async Task<bool> StartAsync(DeviceRequest request, string deviceCode)
    {
        if (await _state.ReadAsync() is { } existing)
        {
            // Unless this request itself has stored it, the code is taken, even if the other request has ended and its row waits to be
            // purged.
            return existing.CodeHash is { } hash && TokenHash.Matches(hash.AsSpan(), deviceCode);
        }

        var now = Now;
        await _state.ReplaceAsync(
            new AuthorizationRecord
            {
                ClientId = request.ClientId,
                ClientRegisteredAt = request.ClientRegisteredAt,
                Issuer = request.Issuer,
                Scopes = request.Scopes,
                Device = request,
                CreatedAt = now,
                CodeHash = [.. TokenHash.Of(deviceCode)],
                CodeExpiresAt = now + request.Lifetime,
                // Longer than the code, so that the device can still learn that the code has expired.
                ExpiresAt = now + (2 * request.Lifetime),
            }
        );
        return true;
    }

    /// <inheritdoc/>
    public async Task<DeviceRequest> GetAsync(Caller caller)
    {
        return (await PendingDeviceAsync(caller)).Device!;
    }

    /// <inheritdoc/>
    public async Task AllowAsync(Caller caller, string sessionId, string sessionToken)
    {
        var record = await PendingDeviceAsync(caller);
        var client = await ClientAsync(record);
        var login = await _logins.LoginAsync(
            sessionId,
            sessionToken,
            new Demand(record.CreatedAt, Login: false, MaxAge: null, [], record.Device!.MinimumAcr, ByFrontend: caller.IsLoginFrontend)
        );
        await EnsureAccessAsync(client.ProjectId, login);
        await _state.ReplaceAsync(record with { CompletedAt = Now, Login = Assurance.Login(login.Session, login.User!) });
    }

    /// <inheritdoc/>
    public async Task DenyAsync(Caller caller)
    {
        var record = await PendingDeviceAsync(caller);
        await _state.ReplaceAsync(record with { CompletedAt = Now, Failure = new LoginFailure("access_denied") });
    }

    /// <inheritdoc/>
    public async Task<RedeemableCode> PollAsync(string deviceCode)
    {
        var record = await LoadAsync();
        if (record is not { Device: { } device, CodeHash: { } hash } || !TokenHash.Matches(hash.AsSpan(), deviceCode))
        {
            throw new SessionException(SessionErrors.DeviceCodeInvalid);
        }

        var now = Now;
        var tooSoon = now - _polledAt < device.Interval - s_jitter;
        _polledAt = now;
        if (tooSoon && record.CompletedAt is null)
        {
            throw new SessionException(SessionErrors.DeviceTooSoon);
        }

        if (record.CodeUsedAt is not null)
        {
            await RevokeReusedAsync(record);
            throw new SessionException(SessionErrors.DeviceCodeInvalid);
        }

        if (now >= record.CodeExpiresAt)
        {
            throw new SessionException(SessionErrors.DeviceExpired);
        }

        return record switch
        {
            { Failure: not null } => throw new SessionException(SessionErrors.DeviceDenied),
            { Login: not null } => TokenFamilyRules.Redeemable(record),
            _ => throw new SessionException(SessionErrors.DevicePending),
        };
    }

    /// <inheritdoc/>
    public async Task<TokenGrant> RedeemAsync(string deviceCode, NewTokens tokens) =>
        await RedeemAsync(deviceCode, tokens, SessionErrors.DeviceCodeInvalid);

    private async Task<AuthorizationRecord> PendingDeviceAsync(Caller caller)
    {
        var record = await LoadAsync();
        SessionLogins.EnsureMayComplete(caller, record?.Device?.LoginClientId);
        if (record is not { Device: not null } || (record.CompletedAt is null && Now >= record.CodeExpiresAt))
        {
            throw new SessionException(SessionErrors.DeviceUnknown);
        }

        return record.CompletedAt is null ? record : throw new SessionException(SessionErrors.DeviceHandled);
    }
}
