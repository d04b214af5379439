using System.Collections.Immutable;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.RecoveryCodes;

/// <summary>A recovery code was right and is used up.</summary>
/// <param name="Hash">The keyed hash of the code.</param>
[GenerateSerializer, Immutable, Alias("sessions.RightRecoveryCode")]
internal sealed record RightRecoveryCode([property: Id(0)] ImmutableArray<byte> Hash) : RightAnswer
{
    internal override Verdict Count(UserRecord? user, AnswerSource from, DateTimeOffset now)
    {
        var codes = RecoveryCodeFactor.Of(user, SessionErrors.RecoveryCodeLockedMeanwhile);
        var left = codes.RemoveAll(code => code.Hash.AsSpan().SequenceEqual(Hash.AsSpan()));
        return left.Length == codes.Length
            ? new Verdict(user!, new SessionException(SessionErrors.RecoveryCodeInvalid))
            : new Verdict(GuessRules.Right(user! with { RecoveryCodes = left.IsEmpty ? null : left }, RecoveryCodeFactor.Guesses, from));
    }
}
