using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Users;

/// <inheritdoc cref="IPasswordlessNameGrain"/>
/// <remarks>
/// The count is in memory only: a row for each name that anybody invents would fill the database. It is forgotten when the node stops, and
/// a few minutes after the last wrong password, or after the end of the block that it caused. So the memory that invented names can take is
/// limited by the hashes that are computed in that time.
/// </remarks>
[GrainType("passwordless-name")]
[CollectionAgeLimit(Minutes = 5)]
internal sealed class PasswordlessNameGrain(
    PasswordHashing hashing,
    SecretProtector secrets,
    IOptions<LockoutOptions> lockout,
    TimeProvider clock
) : Grain, IPasswordlessNameGrain
{
    /// <summary>How many groups share the hashing. A power of two, and few: each group gets as much of the processor as a user.</summary>
    private const int Groups = 16;

    /// <summary>How long the count stays after a block, as it does after a wrong password that does not block.</summary>
    private static readonly TimeSpan s_stay = TimeSpan.FromMinutes(5);

    private readonly LockoutOptions _lockout = lockout.Value;

    /// <summary>Stands for the record of a person with this name. Only its wrong passwords are used.</summary>
    private UserRecord? _nobody;

    /// <summary>The group of a name, in place of the id of a user.</summary>
    internal static string GroupOf(string name) => $"name {name.GetHashCode(StringComparison.Ordinal) & (Groups - 1)}";

    /// <inheritdoc/>
    public async Task<TimeSpan> CountWrongAsync(string password, CheckOrigin? origin, CancellationToken cancellationToken)
    {
        var name = GrainKeys.Id(this.GetPrimaryKeyString());
        var from = AnswerSource.Of(origin, name, secrets);
        EnsureOpen(name, from, SessionErrors.PasswordUserLocked);

        // Some algorithms cannot hash a NUL. The result is not used, so any other character does.
        var hashable = password.Replace('\0', ' ');
        try
        {
            await hashing.HashAsync(GroupOf(name), hashable, cancellationToken);
        }
        catch when (IsUncounted())
        {
            // Computing a hash slows down whoever invents names. A hash that is refused does not, so it must leave nothing in memory.
            this.Forget();
            throw;
        }

        // As for a person: parallel guesses all pass the first check, and this second one holds them to the limit.
        var nobody = EnsureOpen(name, from, SessionErrors.PasswordLockedMeanwhile);
        var wrong = GuessRules.Wrong(nobody, PasswordFactor.Guesses, from, _lockout, clock.GetUtcNow(), SessionErrors.PasswordInvalid);
        _nobody = wrong.User;
        if (GuessRules.BlockedUntil(_nobody, PasswordFactor.Guesses, _lockout, clock.GetUtcNow()) is { } until)
        {
            DelayDeactivation(until - clock.GetUtcNow() + s_stay);
        }

        return wrong.Failure!.AnswerDelay;
    }

    private bool IsUncounted() => _nobody is null || GuessRules.CountOf(_nobody, PasswordFactor.Guesses) == 0;

    private UserRecord EnsureOpen(string name, AnswerSource from, SessionError blocked)
    {
        _nobody ??= new UserRecord { Id = name };
        GuessRules.EnsureOpen(_nobody, PasswordFactor.Guesses, from, _lockout, clock.GetUtcNow(), blocked);
        return _nobody;
    }
}
