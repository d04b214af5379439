using Orleans.Sessions.Factors;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <summary>
/// Records the credentials that a change removes, whatever the change: those of people by the table of factors, and those of service
/// accounts. Pure functions. The record has a date of its own for a changed password. What a session has proved with a removed credential
/// is void from then on (<see cref="ProofRules"/>).
/// </summary>
internal static class RevocationRules
{
    /// <summary>
    /// The maximum number of separate entries. Beyond it all credentials of a kind are revoked together, which costs an unnecessary login.
    /// </summary>
    private const int MaxKept = 20;

    /// <summary>The user after a change, with the removed credentials recorded.</summary>
    public static UserRecord Note(UserRecord? before, UserRecord after, DateTimeOffset now) =>
        before is null || ReferenceEquals(before, after) || after.State == UserState.Deleted
            ? after
            : Gone(before, after, now).Aggregate(after, (next, gone) => Add(next, new Revocation(gone.Factor, now, gone.Credential)));

    /// <summary>The user with one more revocation; revocations that it covers are dropped.</summary>
    public static UserRecord Add(UserRecord user, Revocation revocation)
    {
        var others = (user.Revocations ?? []).RemoveAll(known =>
            revocation.Factor is null
            || (known.Factor == revocation.Factor && (revocation.Credential is null || known.Credential == revocation.Credential))
        );
        if (others.Length >= MaxKept)
        {
            // There are fewer kinds than the maximum, so some kind has several revoked credentials.
            var crowded = others
                .Where(known => known.Credential is not null)
                .GroupBy(known => known.Factor)
                .MaxBy(kind => kind.Count())!
                .Key;
            var latest = others.Where(known => known.Factor == crowded).Max(known => known.At);
            others = others.RemoveAll(known => known.Factor == crowded).Add(new Revocation(crowded, latest));
        }

        return user with
        {
            Revocations = others.Add(revocation),
        };
    }

    private static IEnumerable<(ProvedFactor Factor, string? Credential)> Gone(UserRecord before, UserRecord after, DateTimeOffset now)
    {
        foreach (var factor in FactorTable.All)
        {
            foreach (var credential in factor.Credentials(before).Except(factor.Credentials(after)))
            {
                yield return (factor.Kind, credential.Handle);
            }
        }

        if (before.ClientSecret is not null && after.ClientSecret != before.ClientSecret)
        {
            yield return (ProvedFactor.User, MachineCredentials.Secret);
        }

        // A removal of an expired key, which makes room, needs no entry: what that key proved has its own end.
        foreach (var key in (before.Keys ?? []).Where(key => key.ExpiresAt > now && after.Keys?.Any(left => left.Id == key.Id) != true))
        {
            yield return (ProvedFactor.User, MachineCredentials.Key(key.Id));
        }
    }
}
