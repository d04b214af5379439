using Microsoft.Extensions.Options;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Passwords.Guessable;

/// <summary>
/// Refuses passwords that an attacker would guess first: the most common ones, those made of names around the person and, if a service is
/// configured for it, those known from breaches. It checks passwords that people choose themselves, and those that administrators set if so
/// configured. Imported hashes cannot be checked.
/// </summary>
internal sealed class GuessablePasswords
{
    private readonly PasswordPolicyOptions _policy;
    private readonly string _productName;
    private readonly BreachedPasswords _breached;

    internal GuessablePasswords(IOptions<PasswordPolicyOptions> policy, IOptions<UserOptions> users, BreachedPasswords breached)
    {
        _policy = policy.Value;
        _productName = users.Value.TotpIssuer;
        _breached = breached;
    }

    /// <summary>Whether a password is checked.</summary>
    /// <param name="isChosen">Whether it is the person's own choice.</param>
    internal bool Concern(bool isChosen) => isChosen || _policy.CheckAssigned;

    /// <summary>
    /// Fails with <c>SESSION-Pwd01</c> (common), <c>SESSION-Pwd02</c> (names) or <c>SESSION-Pwd03</c> (breached), and, if so configured,
    /// with <c>SESSION-Pwd04</c> while the breach service gives no answer.
    /// </summary>
    internal async Task RefuseAsync(string password, UserRecord user, string? organizationName)
    {
        if (_policy.RefuseCommon && CommonPasswords.Contain(password))
        {
            throw new SessionException(SessionErrors.PasswordCommon);
        }

        if (_policy.RefuseNames && ContextWords.MakeUp(password, Names(user, organizationName)))
        {
            throw new SessionException(SessionErrors.PasswordOfNames);
        }

        await _breached.EnsureUnknownAsync(password);
    }

    private IEnumerable<string?> Names(UserRecord user, string? organizationName) =>
        [
            user.UserName,
            user.Profile?.GivenName,
            user.Profile?.FamilyName,
            user.Profile?.NickName,
            user.Profile?.DisplayName,
            user.Email?.Address,
            organizationName,
            _productName,
            .. _policy.ForbiddenWords,
        ];
}
