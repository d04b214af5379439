using System.Collections.Immutable;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Users;

/// <content>The user as a caller: personal access tokens and administrator roles.</content>
internal sealed partial class UserGrain
{
    private const int MaxAccessTokens = 50;

    /// <inheritdoc/>
    public async Task<Caller> AuthenticateAsync(string personalAccessToken)
    {
        var user = await _state.ReadAsync();
        var known =
            PersonalAccessToken.TryParse(personalAccessToken, out var owner, out var tokenId) && owner == Id
                ? user?.AccessTokens?.FirstOrDefault(token => token.Id == tokenId)
                : null;
        return known is not null && TokenHash.Matches(known.Hash.AsSpan(), personalAccessToken) && !(known.ExpiresAt <= Now)
            ? AsCaller(user)
            : throw NotACaller(user);
    }

    /// <inheritdoc/>
    public async Task<Caller> AsCallerAsync() => AsCaller(await _state.ReadAsync());

    /// <inheritdoc/>
    public async Task EnsureMayAsync(Caller caller, Permission permission) =>
        await AuthorizeAsync(caller, permission == Permission.UserRead ? UserAct.Read : UserAct.Update with { Permission = permission });

    /// <inheritdoc/>
    public async Task<DateTimeOffset> AddPersonalAccessTokenAsync(Caller caller, string token, DateTimeOffset? expiresAt)
    {
        var addedAt = Now;
        await EditAsync(caller, UserAct.Equip, user =>
        {
            EnsureMachine(user);
            if (!PersonalAccessToken.TryParse(token, out var owner, out var tokenId) || owner != Id)
            {
                throw new SessionException(SessionErrors.TokenInvalid);
            }

            if (user.AccessTokens?.FirstOrDefault(known => known.Id == tokenId) is { } earlier)
            {
                addedAt = TokenHash.Matches(earlier.Hash.AsSpan(), token)
                    ? earlier.CreatedAt
                    : throw new SessionException(SessionErrors.TokenInvalid);
                return user;
            }

            if (expiresAt <= addedAt)
            {
                throw new SessionException(SessionErrors.TokenExpirationInvalid);
            }

            // Expired tokens are dropped first to make room.
            var live = (user.AccessTokens ?? []).RemoveAll(known => known.ExpiresAt <= addedAt);
            return live.Length < MaxAccessTokens
                ? user with
                {
                    AccessTokens = live.Add(new(tokenId, [.. TokenHash.Of(token)], addedAt, expiresAt)),
                }
                : throw new SessionException(SessionErrors.TooManyTokens);
        });
        return addedAt;
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> RemovePersonalAccessTokenAsync(Caller caller, string tokenId)
    {
        var details = await EditAsync(caller, UserAct.Equip, user =>
        {
            var tokens = user.AccessTokens ?? [];
            var left = tokens.RemoveAll(known => known.Id == tokenId);
            return left.Length < tokens.Length
                ? user with
                {
                    AccessTokens = left.IsEmpty ? null : left,
                }
                : throw new SessionException(SessionErrors.PersonalAccessTokenNotFound);
        });
        return details.ChangeDate;
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset> AddAdministratorAsync(Caller caller, string? organizationId, ImmutableArray<string> roles) =>
        GrantAsync(caller, organizationId, roles, grant => grant is null ? null : SessionErrors.AdministratorExists);

    /// <inheritdoc/>
    public Task<DateTimeOffset> UpdateAdministratorAsync(Caller caller, string? organizationId, ImmutableArray<string> roles) =>
        GrantAsync(caller, organizationId, roles, grant => grant is null ? SessionErrors.AdministratorNotFound : null);

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> RemoveAdministratorAsync(Caller caller, string? organizationId)
    {
        caller.Require(Permission.MemberWrite, organizationId);
        if (GrantOf(await _state.ReadAsync(), organizationId) is null)
        {
            return null;
        }

        var change = await DecideAsync(current =>
        {
            var user = Existing(current, SessionErrors.UserNotFound);
            var left = (user.Roles ?? []).RemoveAll(grant => grant.OrganizationId == organizationId);
            if (left.IsEmpty && caller.UserId == Id)
            {
                throw new SessionException(SessionErrors.OwnLastRight);
            }

            return new Verdict(Stamp(user with { Roles = left.IsEmpty ? null : left }));
        });
        return change.After.ChangedAt;
    }

    private static RoleGrant? GrantOf(UserRecord? user, string? organizationId) =>
        user?.Roles?.FirstOrDefault(grant => grant.OrganizationId == organizationId);

    /// <summary>
    /// Needs the right on the resource that is administered, and the right to change the user, as every other change does: a user with a
    /// role can no longer be managed by callers who have less, and the managers of another organization must not lose their users that way.
    /// A caller who has the right on the resource has at least the rights that anyone can have on it.
    /// </summary>
    private async Task<DateTimeOffset> GrantAsync(
        Caller caller,
        string? organizationId,
        ImmutableArray<string> roles,
        Func<RoleGrant?, SessionError?> refusal
    )
    {
        caller.Require(Permission.MemberWrite, organizationId);
        if (
            roles.IsDefaultOrEmpty
            || !roles.All(role => organizationId is null ? Roles.IsInstanceRole(role) : Roles.IsOrganizationRole(role))
        )
        {
            throw new SessionException(SessionErrors.RoleUnknown);
        }

        await EnsureNotRemovedAsync(organizationId);

        var change = await DecideAsync(current =>
        {
            var user = Authorize(current, caller, UserAct.Grant);
            var before = GrantOf(user, organizationId);
            if (refusal(before) is { } error)
            {
                throw new SessionException(error);
            }

            var others = (user.Roles ?? []).RemoveAll(grant => grant.OrganizationId == organizationId);
            var granted = new RoleGrant(organizationId, [.. roles.Distinct()])
            {
                CreatedAt = before is null ? Now : before.CreatedAt,
                ChangedAt = Now,
            };
            return new Verdict(Stamp(user with { Roles = others.Add(granted) }));
        });
        try
        {
            await EnsureNotRemovedAsync(organizationId);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.OrganizationNotFound)
        {
            // The organization was deleted meanwhile, perhaps after it had taken its administrators' roles away.
            await RemoveAdministratorAsync(Caller.InCluster, organizationId);
            throw;
        }

        return change.After.ChangedAt;
    }

    /// <summary>Fails with <c>ORG-1MRds</c> if the organization was deleted.</summary>
    private async Task EnsureNotRemovedAsync(string? organizationId)
    {
        if (organizationId is not null && await OrganizationStateAsync(organizationId) == OrganizationState.Removed)
        {
            throw new SessionException(SessionErrors.OrganizationNotFound);
        }
    }

    private Caller AsCaller(UserRecord? user) => user is { State: UserState.Active } ? UserRules.Caller(user) : throw NotACaller(user);

    private SessionException NotACaller(UserRecord? user)
    {
        if (user is null)
        {
            this.Forget();
        }

        return new SessionException(SessionErrors.TokenInvalid);
    }
}
