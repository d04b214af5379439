using Microsoft.Extensions.Options;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Passwords.Guessable;

/// <summary>
/// Refuses passwords that others would guess first: the most common ones, those made of names around the person, and, with a service for
/// it, those known from breaches. It is for passwords that people choose themselves; those that administrators set are looked at if so
/// configured, imported hashes cannot be.
/// </summary>
public sealed class GuessablePasswords
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

    /// <summary>Whether a password is looked at.</summary>
    /// <param name="isChosen">Whether it is the person's own choice.</param>
    internal bool Concern(bool isChosen) => isChosen || _policy.CheckAssigned;

    /// <summary>
    /// Fails with <c>SESSION-Pwd01</c> (common), <c>SESSION-Pwd02</c> (names) or <c>SESSION-Pwd03</c> (breached), and with
    /// <c>SESSION-Pwd04</c> while nobody can say of a breach and that matters.
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
        user.UserName, user.Profile?.GivenName, user.Profile?.FamilyName, user.Profile?.NickName, user.Profile?.DisplayName,
        user.Email?.Address, organizationName, _productName, .. _policy.ForbiddenWords,
    ];
}
