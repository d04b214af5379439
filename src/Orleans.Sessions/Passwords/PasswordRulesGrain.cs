using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Sessions.Passwords.Guessable;

namespace Orleans.Sessions.Passwords;

/// <inheritdoc cref="IPasswordRulesGrain"/>
[StatelessWorker]
internal sealed class PasswordRulesGrain(PasswordPolicy policy, IOptions<PasswordPolicyOptions> options) : Grain, IPasswordRulesGrain
{
    /// <inheritdoc/>
    public Task<ImmutableArray<SessionError>> ListBrokenAsync(string password)
    {
        var broken = policy.Broken(password);
        return Task.FromResult<ImmutableArray<SessionError>>(
            options.Value.RefuseCommon && CommonPasswords.Contain(password) ? [.. broken, SessionErrors.PasswordCommon] : [.. broken]
        );
    }
}
