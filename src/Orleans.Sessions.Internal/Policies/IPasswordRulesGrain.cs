using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>The rules for new passwords, as the silos are configured. Every key works: use 0.</summary>
[Alias("sessions.IPasswordRulesGrain")]
public interface IPasswordRulesGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// The errors with which a password would be refused, all at once. Does not know the person, so names of the person are not checked,
    /// and nothing is asked of a service for breached passwords.
    /// </summary>
    [Alias("ListBroken")]
    Task<ImmutableArray<SessionError>> ListBrokenAsync(string password);
}
