using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Passwords;

namespace Orleans.Sessions.Policies;

/// <inheritdoc cref="IPoliciesGrain"/>
[StatelessWorker]
internal sealed class PoliciesGrain(
    IOptions<LoginPolicyOptions> login,
    IOptions<PasswordPolicyOptions> passwords,
    IOptions<LockoutOptions> lockout,
    InstanceAccessor instance
) : Grain, IPoliciesGrain
{
    /// <inheritdoc/>
    public Task<InstallationPolicies> GetAsync(Caller caller, string? organizationId)
    {
        caller.Require(Permission.PolicyRead, organizationId);
        var (rules, limits) = (passwords.Value, lockout.Value);
        return Task.FromResult(
            new InstallationPolicies(
                instance.Identity.OrganizationId,
                login.Value.ToPolicy(),
                new PasswordRules(
                    rules.MinLength,
                    rules.RequireLower,
                    rules.RequireUpper,
                    rules.RequireDigit,
                    rules.RequireSymbol,
                    rules.MaxAgeDays,
                    rules.ExpireWarnDays
                ),
                new LockoutRules(
                    limits.MaxPasswordAttempts,
                    limits.MaxOtpAttempts,
                    limits.LockUser,
                    limits.BlockDuration,
                    limits.MaxBlockDuration
                )
            )
        );
    }
}
