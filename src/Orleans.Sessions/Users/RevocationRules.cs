using System.Collections.Immutable;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <summary>
/// Records the credentials that a change removes, whatever the change. Pure functions. The record has a date of its own for the password.
/// What a session has proved with a removed credential is void from then on (<see cref="ProofRules"/>).
/// </summary>
internal static class RevocationRules
{
    /// <summary>
    /// The maximum number of separate entries. Beyond it all credentials of a kind are revoked together, which costs an unnecessary login.
    /// </summary>
    private const int MaxKept = 20;

    /// <summary>The user after a change, with the removed credentials recorded.</summary>
    public static UserRecord Note(UserRecord? before, UserRecord after, DateTimeOffset now) =>
        before is null || after.State == UserState.Deleted
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
        if (
            before.Totp is { IsReady: true } app
            && (after.Totp is not { IsReady: true } next || !next.Secret.AsSpan().SequenceEqual(app.Secret.AsSpan()))
        )
        {
            yield return (ProvedFactor.Totp, null);
        }

        if (before.OtpSmsAddedAt is not null && (after.OtpSmsAddedAt is null || after.Phone?.Number != before.Phone?.Number))
        {
            yield return (ProvedFactor.OtpSms, null);
        }

        if (before.OtpEmailAddedAt is not null && (after.OtpEmailAddedAt is null || after.Email?.Address != before.Email?.Address))
        {
            yield return (ProvedFactor.OtpEmail, null);
        }

        foreach (var key in (before.WebAuthnKeys ?? []).Where(key => key.Credential is not null))
        {
            if (after.WebAuthnKeys?.Any(left => left.Id == key.Id) != true)
            {
                yield return (ProvedFactor.WebAuthn, key.Id);
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

        foreach (var link in before.Links ?? [])
        {
            if (LinkRules.Find(after, link.ProviderId, link.ExternalId) is null)
            {
                yield return (ProvedFactor.Intent, LinkRules.HandleOf(link.ProviderId, link.ExternalId));
            }
        }
    }
}
