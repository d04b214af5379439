using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Passwords;

/// <summary>Refuses new passwords that are too weak. Imported hashes are not checked.</summary>
internal sealed class PasswordPolicy(IOptions<PasswordPolicyOptions> options)
{
    private readonly PasswordPolicyOptions _options = options.Value;

    /// <summary>
    /// Fails with <c>COMMA-095xh8fll1</c> for a password with a NUL, which some algorithms cannot hash. Otherwise fails with the first
    /// broken rule of <c>DOMAIN-HuJf6</c>, <c>co3Xw</c>, <c>VoaRj</c>, <c>ZBv4H</c> and <c>ZDLwA</c>.
    /// </summary>
    public void Ensure(string password)
    {
        if (Broken(password).FirstOrDefault() is { } error)
        {
            throw new SessionException(error);
        }
    }

    /// <summary>The errors of all broken rules, in that order.</summary>
    public IEnumerable<SessionError> Broken(string password)
    {
        (bool IsFulfilled, SessionError Error)[] rules =
        [
            (!password.Contains('\0', StringComparison.Ordinal), SessionErrors.PasswordWithNul),
            (password.EnumerateRunes().Count() >= _options.MinLength, SessionErrors.PasswordTooShort),
            (!_options.RequireLower || password.Any(char.IsAsciiLetterLower), SessionErrors.PasswordWithoutLower),
            (!_options.RequireUpper || password.Any(char.IsAsciiLetterUpper), SessionErrors.PasswordWithoutUpper),
            (!_options.RequireDigit || password.Any(char.IsAsciiDigit), SessionErrors.PasswordWithoutDigit),
            (!_options.RequireSymbol || !password.All(char.IsAsciiLetterOrDigit), SessionErrors.PasswordWithoutSymbol),
        ];
        return rules.Where(rule => !rule.IsFulfilled).Select(rule => rule.Error);
    }

    /// <summary>From this time a password only permits choosing another one; <c>null</c> means never.</summary>
    /// <param name="changedAt">When the password was set.</param>
    /// <param name="changeRequired">Whether the password must be changed at the first login.</param>
    public DateTimeOffset? OutdatedFrom(DateTimeOffset changedAt, bool changeRequired) =>
        changeRequired ? changedAt
        : _options.MaxAgeDays > 0 ? changedAt.AddDays(_options.MaxAgeDays)
        : null;
}
