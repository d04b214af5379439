using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Runtime;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>
/// The only writer of one login at an external provider. Callbacks and uses wait for each other. If several arrive at the same time, on
/// whatever nodes, exactly one counts. What is done with a login that has succeeded is in <c>IntentGrain.Uses.cs</c>.
/// </summary>
[GrainType("intent")]
[CollectionAgeLimit(Minutes = 5)]
internal sealed partial class IntentGrain : Grain, IIntentGrain, IIntentFactor
{
    private readonly IntentServices _services;
    private readonly DurableState<IntentRecord> _state;

    /// <summary>Called by the runtime.</summary>
    public IntentGrain(IGrainContext context, IntentServices services, StateServices state)
    {
        _services = services;
        _state = new(StateNames.Intent, context, state);
    }

    private string Id => GrainKeys.Id(this.GetPrimaryKeyString());

    private string InstanceId => _services.Instance.Identity.InstanceId;

    private DateTimeOffset Now => _services.Clock.GetMicroNow();

    /// <inheritdoc/>
    public async Task<StartedIntent> StartAsync(Caller caller, StartIntent command)
    {
        IntentRules.EnsureReturnUrls(_services.Addresses, caller, command);
        if (_state.Value is not null)
        {
            throw new SessionException(SessionErrors.IntentStarted);
        }

        var provider = await Registry.FindAsync(command.ProviderId) ?? throw this.Forget(SessionErrors.IntentProviderMissing);
        if (!(await GrainFactory.GetGrain<IInstanceSettingsGrain>(GrainKeys.Instance).GetAsync()).Offers(provider.Id))
        {
            throw this.Forget(SessionErrors.ProviderNotOffered);
        }

        var state = IntentTokens.CreateState(Id);
        var login = new LoginSecrets(IntentTokens.Create(), IntentTokens.Create());
        var authUrl = await AuthorizeUrlAsync(provider, command, state, login);
        var ticket =
            command.StartUrl is not null && (command.BindToBrowser ?? _services.Options.BindToBrowser)
                ? IntentTokens.CreateState(Id)
                : null;
        var now = Now;
        var intent = await WriteAsync(
            new IntentRecord
            {
                Id = Id,
                ProviderId = command.ProviderId,
                SuccessUrl = command.SuccessUrl,
                FailureUrl = command.FailureUrl,
                CallbackUrl = command.CallbackUrl,
                StarterId = caller.UserId,
                StarterSessionId = caller.SessionId,
                StateHash = [.. TokenHash.Of(state)],
                TicketHash = ticket is null ? null : [.. TokenHash.Of(ticket)],
                Secrets = ProtectLogin(ticket is null ? login : login with { AuthUrl = authUrl }),
                CreatedAt = now,
                ExpiresAt = now + _services.Options.LoginLifetime,
            }
        );
        return new StartedIntent(ticket is null ? authUrl : command.StartUrl + ticket, IntentRules.Details(intent, InstanceId));
    }

    /// <inheritdoc/>
    public async Task<BegunIntent> BeginAsync(string ticket, string? browser)
    {
        var intent = await LoadAsync() ?? throw new SessionException(SessionErrors.IntentUnknown);
        if (intent.TicketHash is not { } hash || !TokenHash.Matches(hash.AsSpan(), ticket))
        {
            throw new SessionException(SessionErrors.IntentUnknown);
        }

        if (intent.State != IntentState.Started || intent.ExpiresAt <= Now)
        {
            throw new SessionException(
                intent.State != IntentState.Started ? SessionErrors.IntentNotStarted : SessionErrors.IntentLoginExpired
            );
        }

        if (intent.BrowserHash is null)
        {
            browser = IntentTokens.Create();
            intent = await WriteAsync(intent with { BrowserHash = [.. TokenHash.Of(browser)] });
        }
        else if (!IntentRules.IsOf(intent, browser))
        {
            throw new SessionException(SessionErrors.IntentBrowserOther);
        }

        return new BegunIntent
        {
            AuthUrl = SecretsOf(intent).AuthUrl!,
            Browser = browser!,
            ExpiresAt = intent.ExpiresAt,
        };
    }

    /// <inheritdoc/>
    public async Task<string?> FindHeaderAsync(string state) =>
        (await Registry.FindAsync((await LoadAsync(state)).ProviderId))?.Settings.Jwt?.Header;

    /// <inheritdoc/>
    public async Task<IntentOutcome> CompleteAsync(IntentCallback callback)
    {
        var intent = await LoadAsync(callback.State);
        if (IntentRules.IsBack(intent, callback.Browser, Now) && ResultOf(intent).IntentToken is { } known)
        {
            return Success(intent, known, callback.Browser!);
        }

        if (intent.State != IntentState.Started || !IntentRules.IsOf(intent, callback.Browser))
        {
            // The right browser may still come, so the login does not fail for good.
            var error = intent.State != IntentState.Started ? SessionErrors.IntentNotStarted : SessionErrors.IntentBrowserOther;
            return Failure(intent, error.Id, error.Text);
        }

        if (intent.ExpiresAt <= Now)
        {
            return await FailAsync(intent, SessionErrors.IntentLoginExpired);
        }

        if (await Registry.FindAsync(intent.ProviderId) is not { } provider)
        {
            return await FailAsync(intent, SessionErrors.IntentProviderMissing);
        }

        UpstreamLogin login;
        try
        {
            await _services.Kinds.EnsureAnswersAsync(provider, callback.Issuer);
            if (callback.Error is not null || !_services.Kinds.Of(provider).IsAnswer(callback))
            {
                var (error, description) = IntentRules.Refusal(callback.Error);
                return await FailAsync(intent, error, description);
            }

            login = await _services.Kinds.AuthenticateAsync(provider, intent.CallbackUrl, callback, SecretsOf(intent));
        }
        catch (UpstreamException exception)
        {
            IntentLog.UpstreamFailed(_services.Log, Id, intent.ProviderId, exception.Message, exception);
            return await FailAsync(intent, exception.Error);
        }

        var policy = provider.Settings.Policy.ForLogins(provider.Settings.Entra);
        return await SucceedAsync(
            intent,
            login,
            await _services.Identities.FindOrLinkAsync(login.Identity, login.Person, policy),
            intent.TicketHash is null ? IntentTokens.Create() : callback.Browser!
        );
    }

    private IIdentityProviderRegistry Registry => GrainFactory.GetGrain<IIdentityProviderRegistry>(GrainKeys.Instance);

    private async Task<string> AuthorizeUrlAsync(StoredProvider provider, StartIntent command, string state, LoginSecrets login)
    {
        try
        {
            var start = new LoginStart(command.CallbackUrl, state, login, command.LoginHint);
            return await _services.Kinds.AuthorizeUrlAsync(provider, start);
        }
        catch (UpstreamException exception)
        {
            IntentLog.UpstreamFailed(_services.Log, Id, provider.Id, exception.Message, exception);
            throw this.Forget(exception.Error);
        }
    }

    private async Task<IntentOutcome> SucceedAsync(IntentRecord intent, UpstreamLogin login, string? userId, string browser)
    {
        var token = IntentTokens.Create();
        var succeeded = await WriteAsync(
            intent with
            {
                State = IntentState.Succeeded,
                Secrets = null,
                TokenHash = [.. TokenHash.Of(token)],
                BrowserHash = [.. TokenHash.Of(browser)],
                ExternalId = login.Identity.ExternalId,
                ExternalName = login.Identity.ExternalName,
                UserId = userId,
                Result = Protect(
                    JsonSerializer.SerializeToUtf8Bytes(
                        login.Result with
                        {
                            IntentToken = token,
                        },
                        IdentityProviderJsonContext.Default.LoginResult
                    ),
                    "result"
                ),
                ExpiresAt = Now + _services.Options.Lifetime,
            }
        );
        return Success(succeeded, token, browser);
    }

    private static IntentOutcome Success(IntentRecord intent, string token, string browser) =>
        new()
        {
            Url = intent.SuccessUrl,
            IntentId = intent.Id,
            Token = token,
            UserId = intent.UserId,
            Browser = browser,
            BrowserUntil = IntentRules.ReloadEnd(intent),
        };

    private Task<IntentOutcome> FailAsync(IntentRecord intent, SessionError error) => FailAsync(intent, error.Id, error.Text);

    private async Task<IntentOutcome> FailAsync(IntentRecord intent, string error, string description) =>
        Failure(await WriteAsync(intent with { State = IntentState.Failed, Secrets = null, Failure = error }), error, description);

    private static IntentOutcome Failure(IntentRecord intent, string error, string description) =>
        new()
        {
            Url = intent.FailureUrl,
            IntentId = intent.Id,
            Error = error,
            ErrorDescription = description,
        };

    private Task<IntentRecord> WriteAsync(IntentRecord next) =>
        _state.ReplaceAsync(
            next with
            {
                ChangedAt = Now,
                Sequence = next.Sequence + 1,
                GoneAt = next.ExpiresAt + _services.Options.Retention,
            }
        );

    /// <summary>The intent, unless its retention is over: the row may still exist, or this activation may outlive it.</summary>
    private async ValueTask<IntentRecord?> LoadAsync()
    {
        if (await _state.ReadAsync() is { } intent && Now < intent.GoneAt)
        {
            return intent;
        }

        this.Forget();
        return null;
    }

    /// <summary>The intent to whose login the <c>state</c> belongs.</summary>
    private async ValueTask<IntentRecord> LoadAsync(string state) =>
        await LoadAsync() is { } intent && TokenHash.Matches(intent.StateHash.AsSpan(), state)
            ? intent
            : throw new SessionException(SessionErrors.IntentUnknown);

    private LoginSecrets SecretsOf(IntentRecord intent) =>
        JsonSerializer.Deserialize(Unprotect(intent.Secrets!.Value, "login"), IdentityProviderJsonContext.Default.LoginSecrets)!;

    private LoginResult ResultOf(IntentRecord intent) =>
        JsonSerializer.Deserialize(Unprotect(intent.Result!.Value, "result"), IdentityProviderJsonContext.Default.LoginResult)!;

    private ImmutableArray<byte> ProtectLogin(LoginSecrets login) =>
        Protect(JsonSerializer.SerializeToUtf8Bytes(login, IdentityProviderJsonContext.Default.LoginSecrets), "login");

    private ImmutableArray<byte> Protect(byte[] secret, string kind) => [.. _services.Secrets.Protect(secret, $"intent:{Id}:{kind}")];

    private byte[] Unprotect(ImmutableArray<byte> secret, string kind) =>
        _services.Secrets.Unprotect(secret.AsSpan(), $"intent:{Id}:{kind}");
}
