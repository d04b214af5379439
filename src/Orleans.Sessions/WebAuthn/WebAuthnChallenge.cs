using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.WebAuthn;

/// <summary>
/// The <c>web_auth_n</c> challenge of a session (contract §4.1). If the person must be verified, the session needs no user yet: the browser
/// offers the passkeys that it finds, and the answering passkey names its user.
/// </summary>
internal static class WebAuthnChallenge
{
    /// <summary>Issues a challenge, if the request asks for one; it replaces the previous challenge.</summary>
    public static async Task RunAsync(SessionDraft draft, RequestedChallenges challenges)
    {
        if (challenges.WebAuthn is not { } requested)
        {
            return;
        }

        var terms = new WebAuthnTerms(RelyingPartyId.Parse(requested.Domain), requested.UserVerification);
        var ceremony =
            draft.Record.UserId is null && terms.Kind == WebAuthnKind.Passkey
                ? await draft.Services.WebAuthn.BeginAssertionAsync(terms, holder: null)
                : await draft.RequireUser(SessionErrors.WebAuthnUserMissing).ChallengeWebAuthnAsync(terms);
        draft.Issued = draft.Issued! with { WebAuthn = ceremony.Options };
        draft.Apply(record =>
            record with
            {
                PendingWebAuthn = new PendingAssertion(terms, ceremony.State, draft.Now + WebAuthnRules.CeremonyLifetime),
            }
        );
    }
}
