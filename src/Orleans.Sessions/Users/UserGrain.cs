using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.State;
using Orleans.Sessions.States;
using Orleans.Sessions.Totp;

namespace Orleans.Sessions.Users;

/// <summary>
/// The only writer of one user. Hashing passwords takes long and happens elsewhere, so calls interleave. Still no change is lost,
/// because each goes through <see cref="DecideAsync"/> (<c>UserGrain.Decisions.cs</c>): one at a time, a pure function of the latest
/// durable record, one write.
/// Notifications after a change are in <c>UserGrain.Sessions.cs</c>; each kind of credential has a file of its own.
/// </summary>
[Reentrant]
[GrainType("user")]
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no wait handle, and calls may outlive the deactivation.")]
internal sealed partial class UserGrain : Grain, IUserGrain, IUserFactors, IUserAuthority, IWebAuthnRegistration
{
    private readonly UserServices _services;
    private readonly DurableState<UserRecord> _state;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Called by the runtime.</summary>
    public UserGrain(IGrainContext context, UserServices services, StateServices state)
    {
        _services = services;
        _state = new(StateNames.User, context, state);
    }

    private string Id => GrainKeys.Id(this.GetPrimaryKeyString());

    private DateTimeOffset Now => _services.Clock.GetMicroNow();

    /// <inheritdoc/>
    public async Task<UserChange> CreateAsync(CreateUser command)
    {
        var organizationId = command.OrganizationId ?? _services.Instance.OrganizationId;
        command.Caller.Require(Permission.UserWrite, organizationId);
        await EnsureOrganizationIsOpenAsync(organizationId);
        var user = await _state.ReadAsync() is { } existing ? Repeated(existing, command) : await NewUserAsync(command, organizationId);
        string? emailCode = null,
            phoneCode = null;
        var change = await DecideAsync(current =>
        {
            // The first try was never answered, so nobody has its returned codes: they are issued anew. Messages that were sent stay sent.
            var next = current is null ? user : Repeated(current, command);
            if (current is null || command.Human?.EmailCode is { Delivery: CodeDelivery.Return })
            {
                (next, emailCode) = WithContactCode(
                    command.Caller,
                    next,
                    UserCode.Email,
                    command.Human?.EmailCode,
                    OtpChannel.Email,
                    isNew: true
                );
            }

            if (current is null || command.Human?.PhoneCode is { Delivery: CodeDelivery.Return })
            {
                (next, phoneCode) = WithContactCode(
                    command.Caller,
                    next,
                    UserCode.Phone,
                    command.Human?.PhoneCode,
                    OtpChannel.Sms,
                    isNew: true
                );
            }

            return new(next == current ? next : Stamp(next));
        });
        if (!await IsOrganizationOpenAsync(organizationId))
        {
            await DeleteAsync(Caller.InCluster);
            throw new SessionException(SessionErrors.OrganizationInactive);
        }

        return new UserChange(UserRules.Details(change.After), emailCode, phoneCode);
    }

    /// <inheritdoc/>
    public async Task<UserView> GetAsync(Caller caller) => UserRules.View(await AuthorizeAsync(caller, UserAct.Read));

    /// <inheritdoc/>
    public async Task<UserChange> UpdateAsync(UpdateUser command)
    {
        var isVouchedFor =
            command.Email is { IsVerified: true }
            || command.Phone is { IsVerified: true }
            || command.EmailCode is { Delivery: CodeDelivery.Return }
            || command.PhoneCode is { Delivery: CodeDelivery.Return };
        var act = (command.Email ?? (object?)command.Phone) is null
            ? UserAct.Update
            : UserAct.ChangeContact with
            {
                Vouches = isVouchedFor,
            };
        act = command.Metadata is { IsEmpty: false } ? act with { BySelf = UserAct.SetMetadata.BySelf } : act;
        var user = await AuthorizeAsync(command.Caller, act);
        if (command.UserName is { } name && name != user.UserName)
        {
            // A thief who renames an account locks its person out and makes the name available to others.
            act = act with { NeedsProof = true };
            Authorize(user, command.Caller, act);
        }

        // Input that cannot be stored is refused before the password is checked.
        var updated = UserInput.Update(user, command, _services.Options.NameRule);
        await EnsureMayVouchAsync(command.Caller, user.Email, updated.Email, command.EmailCode);
        var withPassword = command.Password is { } password
            ? await PreparePasswordAsync(command.Caller, password, ActOf(command.Caller, password))
            : static record => record;
        string? emailCode = null,
            phoneCode = null;
        var details = await EditAsync(
            command.Caller,
            act,
            current =>
            {
                var next = withPassword(UserInput.Update(current, command, _services.Options.NameRule));
                if (command.Email is not null)
                {
                    (next, emailCode) = WithContactCode(
                        command.Caller,
                        next,
                        UserCode.Email,
                        command.EmailCode,
                        OtpChannel.Email,
                        isNew: next.Email?.Address != current.Email?.Address
                    );
                }

                if (command.Phone is not null)
                {
                    (next, phoneCode) = WithContactCode(
                        command.Caller,
                        next,
                        UserCode.Phone,
                        command.PhoneCode,
                        OtpChannel.Sms,
                        isNew: next.Phone?.Number != current.Phone?.Number
                    );
                }

                return next;
            },
            command.EndOtherSessions
        );
        return new UserChange(details, emailCode, phoneCode);
    }

    /// <inheritdoc/>
    public Task<UserDetails> SetMetadataAsync(Caller caller, ImmutableDictionary<string, ImmutableArray<byte>> changes) =>
        EditAsync(caller, UserAct.SetMetadata, user => user with { Metadata = UserInput.Metadata(user.Metadata, changes) });

    /// <inheritdoc/>
    public async Task<ImmutableArray<AuthenticationMethod>> ListAuthenticationMethodsAsync(Caller caller, string? domain) =>
        UserRules.Methods(await AuthorizeAsync(caller, UserAct.Read), domain);

    /// <inheritdoc/>
    public async Task<ImmutableArray<AuthenticationFactor>> ListAuthenticationFactorsAsync(Caller caller) =>
        [.. FactorTable.SecondFactorsOf(await AuthorizeAsync(caller, UserAct.Read))];

    /// <summary>The user, if this same request created it; otherwise the id is taken.</summary>
    private static UserRecord Repeated(UserRecord existing, CreateUser command) =>
        existing.RequestId is not null && existing.RequestId == command.RequestId && UserRules.Exists(existing)
            ? existing
            : throw new SessionException(SessionErrors.UserIdTaken);

    private async Task<UserRecord> NewUserAsync(CreateUser command, string organizationId)
    {
        var user = UserInput.NewUser(Id, command, organizationId, _services.Options.NameRule);
        await EnsureMayVouchAsync(command.Caller, before: null, user.Email, command.Human?.EmailCode);
        return await WithCredentialsAsync(await WithLinksAsync(user, command.Human), command.Human, IsChosen(command.Caller));
    }

    private async Task<UserRecord> WithCredentialsAsync(UserRecord user, NewHuman? human, bool isChosen)
    {
        if (human?.TotpSecret is { } secret)
        {
            user = user with { Totp = new StoredTotp(ProtectTotp(ImportedTotp(secret)), IsReady: true) };
        }

        if (human?.Password is { } password)
        {
            EnsureAcceptable(password);
            user = user with { Password = new StoredPassword(await HashAsync(user, password, isChosen), Now, password.ChangeRequired) };
        }

        return user;
    }

    /// <summary>
    /// The user, if the caller may do this. The permission is checked first, so that the answer does not reveal which users exist.
    /// </summary>
    private async ValueTask<UserRecord> AuthorizeAsync(Caller caller, UserAct act) => Authorize(await _state.ReadAsync(), caller, act);

    private UserRecord Authorize(UserRecord? user, Caller caller, UserAct act)
    {
        UserAccess.Require(caller, Id, user, act, Now, _services.Options.MaxProofAge);
        return Existing(user, act.Missing);
    }

    private UserRecord Existing(UserRecord? user, SessionError missing)
    {
        if (user is null)
        {
            this.Forget();
        }

        return UserRules.Exists(user) ? user! : throw new SessionException(missing);
    }

    /// <summary>
    /// Changes the user for a permitted caller, counts the change, and returns once the affected grains are notified.
    /// </summary>
    private async Task<UserDetails> EditAsync(Caller caller, UserAct act, Func<UserRecord, UserRecord> rule, bool? endOtherSessions = null)
    {
        var change = await DecideAsync(current =>
        {
            var user = Authorize(current, caller, act);
            var next = rule(user);
            return new(next == user ? user : Edited(user, next));
        });
        await PublishAsync(change);
        await EndOtherSessionsAsync(caller, change, endOtherSessions);
        return UserRules.Details(change.After);
    }
}
