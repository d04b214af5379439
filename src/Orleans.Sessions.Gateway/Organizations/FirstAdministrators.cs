using System.Collections.Immutable;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Users;
using Admin = Orleans.Sessions.Protocol.OrgV2.AddOrganizationRequest.Types.Admin;
using CreatedAdmin = Orleans.Sessions.Protocol.OrgV2.AddOrganizationResponse.Types.CreatedAdmin;

namespace Orleans.Sessions.Gateway.Organizations;

/// <summary>
/// The administrators that an organization gets when it is created: existing users, or new persons. Every reason for a refusal is found
/// before the organization exists; persons created by then are removed again.
/// </summary>
internal sealed class FirstAdministrators(IGrainFactory grains, IdGenerator ids, TimeProvider clock)
{
    private const int MaxAdmins = 100;
    private const string DefaultRole = "ORG_OWNER";

    /// <summary>
    /// Checks everything and creates the persons. Fails with <c>AUTH-AWfge</c>, <c>COMMAND-OrgEx</c>, <c>COMMAND-m8fSs</c> (role),
    /// <c>QUERY-Dfbg2</c> (no such user), <c>COMMA-095xh8fll1</c>, or with an error of the creation of a person.
    /// </summary>
    public async Task<ImmutableArray<PreparedAdministrator>> PrepareAsync(
        Caller caller,
        string organizationId,
        string name,
        IReadOnlyList<Admin> admins,
        ServerCallContext context
    )
    {
        caller.Require(Permission.OrganizationCreate);
        if (admins.Count == 0)
        {
            return [];
        }

        caller.Require(Permission.MemberWrite, organizationId);
        await EnsureReasonableAsync(caller, organizationId, name, admins, context);
        var prepared = ImmutableArray.CreateBuilder<PreparedAdministrator>();
        try
        {
            foreach (var admin in admins)
            {
                ImmutableArray<string> roles = admin.Roles.Count > 0 ? [.. admin.Roles] : [DefaultRole];
                prepared.Add(
                    admin.Human is null
                        ? new PreparedAdministrator(admin.UserId, roles, null)
                        : await CreateAsync(caller, organizationId, admin.Human, roles, context)
                );
            }
        }
        catch
        {
            await UndoAsync(prepared.ToImmutable());
            throw;
        }

        return prepared.ToImmutable();
    }

    /// <summary>
    /// Makes them administrators once the organization exists. The answer has the codes of new persons that the request asked to return.
    /// </summary>
    public async Task<IReadOnlyList<CreatedAdmin>> GrantAsync(
        Caller caller,
        string organizationId,
        ImmutableArray<PreparedAdministrator> admins,
        ServerCallContext context
    )
    {
        var created = new List<CreatedAdmin>();
        foreach (var admin in admins)
        {
            await GrainCalls.RepeatIdempotentAsync(() => GrantAsync(caller, organizationId, admin), clock, context.CancellationToken);
            if (admin.Change is { } change)
            {
                created.Add(
                    UserResponses.WithCodes(
                        new CreatedAdmin { UserId = admin.UserId },
                        change,
                        (message, code) => message.EmailCode = code,
                        (message, code) => message.PhoneCode = code
                    )
                );
            }
        }

        return created;
    }

    /// <summary>Removes the persons that were created.</summary>
    public async Task UndoAsync(ImmutableArray<PreparedAdministrator> admins)
    {
        foreach (var admin in admins.Where(admin => admin.Change is not null))
        {
            // A caller who may create users need not have the right to delete them. Nobody has seen these users yet, so the cluster deletes
            // them itself.
            await User(admin.UserId).DeleteAsync(Caller.InCluster);
        }
    }

    private async Task EnsureReasonableAsync(
        Caller caller,
        string organizationId,
        string name,
        IReadOnlyList<Admin> admins,
        ServerCallContext context
    )
    {
        var known = admins.Where(admin => admin.Human is null).Select(admin => admin.UserId).ToList();
        if (admins.Count > MaxAdmins || known.Contains("") || known.Distinct().Count() < known.Count)
        {
            throw new SessionException(SessionErrors.UserInputInvalid);
        }

        if (admins.SelectMany(admin => admin.Roles).Any(role => !Roles.IsOrganizationRole(role)))
        {
            throw new SessionException(SessionErrors.RoleUnknown);
        }

        var organizations = await GrainCalls.RepeatIdempotentAsync(
            () => grains.GetGrain<IOrganizationsGrain>(GrainKeys.Instance).ListAsync(Caller.InCluster),
            clock,
            context.CancellationToken
        );
        if (
            organizations.Any(organization =>
                organization.Id == organizationId || TextMatch.Is(organization.Name, name, TextMethod.EqualsIgnoreCase)
            )
        )
        {
            throw new SessionException(SessionErrors.OrganizationTaken);
        }

        foreach (var userId in known)
        {
            await GrainCalls.RepeatIdempotentAsync(() => User(userId).GetAsync(caller), clock, context.CancellationToken);
        }
    }

    private async Task<PreparedAdministrator> CreateAsync(
        Caller caller,
        string organizationId,
        Protocol.UserV2.AddHumanUserRequest human,
        ImmutableArray<string> roles,
        ServerCallContext context
    )
    {
        var id = human.HasUserId ? human.UserId : await ids.NextAsync();
        var command = UserRequests.Create(human, caller, organizationId) with { RequestId = Guid.NewGuid().ToString("N") };
        var change = await GrainCalls.RepeatAsync(() => User(id).CreateAsync(command), clock, context.CancellationToken);
        return new PreparedAdministrator(id, roles, change);
    }

    /// <summary>A repeated call finds the administrator that the first call created.</summary>
    private async Task<bool> GrantAsync(Caller caller, string organizationId, PreparedAdministrator admin)
    {
        try
        {
            await User(admin.UserId).AddAdministratorAsync(caller, organizationId, admin.Roles);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.AdministratorExists)
        {
            await User(admin.UserId).UpdateAdministratorAsync(caller, organizationId, admin.Roles);
        }

        return true;
    }

    private IUserGrain User(string id) => grains.GetGrain<IUserGrain>(GrainKeys.User(id));
}

/// <summary>A user who will become an administrator.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Change">The result of the person's creation; <c>null</c> if the user existed before.</param>
internal sealed record PreparedAdministrator(string UserId, ImmutableArray<string> Roles, UserChange? Change);
