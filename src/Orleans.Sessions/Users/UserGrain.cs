using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Users;

/// <summary>
/// The only writer of one user. Hashing passwords takes long and happens elsewhere, so calls interleave; yet no change is lost,
/// because each goes through <see cref="DecideAsync"/>: one at a time, a pure function of the latest durable record, one write.
/// What is told to others afterwards is in <c>UserGrain.Sessions.cs</c>; each kind of credential has a file of its own.
/// </summary>
[Reentrant]
[GrainType("user")]
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no wait handle, and calls may outlive the deactivation.")]
public sealed partial class UserGrain : Grain, IUserGrain, IUserFactors
{
    private readonly UserServices _services;
    private readonly DurableState<UserRecord> _state;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Made by the runtime.</summary>
    public UserGrain(IGrainContext context, UserServices services, StateServices state)
    {
        _services = services;
        _state = new("user", context, state);
    }

    private string Id => GrainKeys.Id(this.GetPrimaryKeyString());

    private DateTimeOffset Now => _services.Clock.GetMicroNow();

    /// <inheritdoc/>
    public async Task<UserDetails> CreateAsync(CreateUser command)
    {
        var organizationId = command.OrganizationId ?? _services.Instance.OrganizationId;
        command.Caller.Require(Permission.UserWrite, organizationId);
        if (await _state.ReadAsync() is { } existing)
        {
            return AnswerAgain(existing, command);
        }

        var user = await WithLinksAsync(UserInput.NewUser(Id, command, organizationId), command.Human);
        user = await WithCredentialsAsync(user, command.Human);
        var change = await DecideAsync(current => current is null ? new(Stamp(user)) : new(current));
        return change.Before is null ? UserRules.Details(change.After) : AnswerAgain(change.Before, command);
    }

    /// <inheritdoc/>
    public async Task<UserView> GetAsync(Caller caller) =>
        UserRules.View(await AuthorizeAsync(caller, Permission.UserRead, SessionErrors.UserNotFound));

    /// <inheritdoc/>
    public async Task<UserDetails> UpdateAsync(UpdateUser command)
    {
        var user = await AuthorizeAsync(command.Caller, Permission.UserWrite, SessionErrors.UserNotFound);
        if (command.Email is { IsVerified: true } || command.Phone is { IsVerified: true })
        {
            command.Caller.Require(Permission.UserWrite, user.OrganizationId);
        }

        // Input that cannot be stored is refused before a password is looked at.
        UserInput.Update(user, command);
        var withPassword = command.Password is { } password ? await PreparePasswordAsync(command.Caller, password) : static record => record;
        return await EditAsync(
            command.Caller, Permission.UserWrite, SessionErrors.UserNotFound,
            current => withPassword(UserInput.Update(current, command)));
    }

    /// <inheritdoc/>
    public async Task<UserDetails> SetEmailAsync(Caller caller, EmailAddress email)
    {
        var user = await AuthorizeAsync(caller, Permission.UserWrite, SessionErrors.UserNotFound);
        if (email.IsVerified)
        {
            caller.Require(Permission.UserWrite, user.OrganizationId);
        }

        return await EditAsync(caller, Permission.UserWrite, SessionErrors.UserNotFound, current =>
        {
            var next = UserInput.Update(current, new UpdateUser { Caller = caller, Email = email });
            return next.Email == current.Email ? throw new SessionException(SessionErrors.EmailUnchanged) : next;
        });
    }

    /// <inheritdoc/>
    public Task<UserDetails> RemovePhoneAsync(Caller caller) => EditAsync(
        caller, Permission.UserWrite, SessionErrors.UserNotFound, user => user with { Phone = null });

    /// <inheritdoc/>
    public Task<UserDetails> SetMetadataAsync(Caller caller, ImmutableDictionary<string, ImmutableArray<byte>> changes) => EditAsync(
        caller, Permission.UserWrite, SessionErrors.UserNotFound, orSelf: false, rule: user =>
        {
            var metadata = Sessions.SessionMetadata.Merge(user.Metadata ?? ImmutableDictionary<string, ImmutableArray<byte>>.Empty, changes);
            return user with { Metadata = metadata.IsEmpty ? null : metadata };
        });

    /// <inheritdoc/>
    public async Task<ImmutableArray<AuthenticationMethod>> ListAuthenticationMethodsAsync(Caller caller) =>
        UserRules.Methods(await AuthorizeAsync(caller, Permission.UserRead, SessionErrors.UserNotFound));

    private static UserDetails AnswerAgain(UserRecord existing, CreateUser command) =>
        existing.RequestId is not null && existing.RequestId == command.RequestId && UserRules.Exists(existing)
            ? UserRules.Details(existing)
            : throw new SessionException(SessionErrors.UserIdTaken);

    private async Task<UserRecord> WithCredentialsAsync(UserRecord user, NewHuman? human)
    {
        if (human?.TotpSecret is { } secret)
        {
            user = user with { Totp = new StoredTotp(ProtectTotp(ImportedTotp(secret)), IsReady: true) };
        }

        if (human?.Password is { } password)
        {
            EnsureAcceptable(password);
            user = user with { Password = new StoredPassword(await HashAsync(password), Now, password.ChangeRequired) };
        }

        return user;
    }

    /// <summary>The user, if the caller may do this; the permission comes first, so that the answer does not tell who exists.</summary>
    private async ValueTask<UserRecord> AuthorizeAsync(Caller caller, Permission permission, SessionError missing, bool orSelf = true) =>
        Authorize(await _state.ReadAsync(), caller, permission, missing, orSelf);

    private UserRecord Authorize(UserRecord? user, Caller caller, Permission permission, SessionError missing, bool orSelf)
    {
        if (!orSelf || caller.UserId != Id)
        {
            caller.Require(permission, user?.OrganizationId);
        }

        return Existing(user, missing);
    }

    private UserRecord Existing(UserRecord? user, SessionError missing)
    {
        if (user is null)
        {
            // Made-up ids must not fill the memory.
            DeactivateOnIdle();
        }

        return UserRules.Exists(user) ? user! : throw new SessionException(missing);
    }

    /// <summary>Changes the user for a caller who may, counts the change, and returns once others know what concerns them.</summary>
    private async Task<UserDetails> EditAsync(
        Caller caller, Permission permission, SessionError missing, Func<UserRecord, UserRecord> rule, bool orSelf = true)
    {
        var change = await DecideAsync(current =>
        {
            var user = Authorize(current, caller, permission, missing, orSelf);
            var next = rule(user);
            return new(next == user ? user : Stamp(next));
        });
        await PublishAsync(change);
        return UserRules.Details(change.After);
    }

    /// <summary>The record as one more change.</summary>
    private UserRecord Stamp(UserRecord user)
    {
        var now = Now;
        return user with
        {
            Sequence = user.Sequence + 1,
            CreatedAt = user.Sequence == 0 ? now : user.CreatedAt,
            ChangedAt = now,
        };
    }

    /// <summary>Decides by the latest durable record, alone, and writes what was decided if it differs.</summary>
    private async Task<Change> DecideAsync(Func<UserRecord?, Verdict> rule)
    {
        await _turn.WaitAsync();
        Verdict? verdict = null;
        try
        {
            var before = await _state.ReadAsync();
            verdict = rule(before);
            if (verdict.User != before)
            {
                await _state.WriteAsync(verdict.User);
            }

            return new Change(before, verdict.User, verdict.Failure);
        }
        catch (UniqueViolationException)
        {
            throw new SessionException(await WhatIsTakenAsync(verdict!.User));
        }
        catch (StateConflictException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }
        finally
        {
            _turn.Release();
        }
    }

    private readonly record struct Change(UserRecord? Before, UserRecord After, SessionException? Failure);
}
