using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.WebAuthn;

/// <summary>
/// WebAuthn by ASP.NET Core's own <see cref="PasskeyHandler{TUser}"/>. The handler is designed for one site with one configuration and a
/// database of users. Here it gets, for each ceremony, the terms of that ceremony and a store with one user.
/// </summary>
internal sealed class PasskeyHandlerVerifier(ILogger<PasskeyHandlerVerifier> log) : IWebAuthnVerifier
{
    public async Task<WebAuthnCeremony> BeginRegistrationAsync(WebAuthnTerms terms, KeyHolder holder, AuthenticatorAttachment attachment)
    {
        using var users = KeyHolderStore.UsersOf(holder);
        var options = OptionsOf(terms);
        options.ResidentKeyRequirement = terms.Kind == WebAuthnKind.Passkey ? "required" : "discouraged";
        options.AuthenticatorAttachment = attachment switch
        {
            AuthenticatorAttachment.Platform => "platform",
            AuthenticatorAttachment.CrossPlatform => "cross-platform",
            _ => null,
        };
        var entity = new PasskeyUserEntity
        {
            Id = holder.Handle,
            Name = holder.Name,
            DisplayName = holder.DisplayName,
        };
        var begun = await HandlerOf(users, options).MakeCreationOptionsAsync(entity, new DefaultHttpContext());
        return new WebAuthnCeremony(begun.CreationOptionsJson, begun.AttestationState!);
    }

    public async Task<WebAuthnCredential?> FinishRegistrationAsync(
        WebAuthnTerms terms,
        KeyHolder holder,
        string state,
        ClientCredential answer
    )
    {
        using var users = KeyHolderStore.UsersOf(holder);
        var result = await HandlerOf(users, OptionsOf(terms))
            .PerformAttestationAsync(
                new PasskeyAttestationContext
                {
                    HttpContext = new DefaultHttpContext(),
                    CredentialJson = answer.Json,
                    AttestationState = state,
                }
            );
        if (!result.Succeeded)
        {
            VerifierLog.Refused(log, result.Failure.Message);
            return null;
        }

        var key = result.Passkey;
        return new WebAuthnCredential(
            [.. key.CredentialId],
            [.. key.PublicKey],
            key.SignCount,
            key.IsBackupEligible,
            key.IsBackedUp,
            [.. key.Transports ?? []]
        );
    }

    public async Task<WebAuthnCeremony> BeginAssertionAsync(WebAuthnTerms terms, KeyHolder? holder)
    {
        using var users = KeyHolderStore.UsersOf(holder);
        var begun = await HandlerOf(users, OptionsOf(terms)).MakeRequestOptionsAsync(holder, new DefaultHttpContext());
        return new WebAuthnCeremony(begun.RequestOptionsJson, begun.AssertionState!);
    }

    public async Task<VerifiedAssertion?> FinishAssertionAsync(WebAuthnTerms terms, KeyHolder holder, string state, ClientCredential answer)
    {
        using var users = KeyHolderStore.UsersOf(holder);
        var result = await HandlerOf(users, OptionsOf(terms))
            .PerformAssertionAsync(
                new PasskeyAssertionContext
                {
                    HttpContext = new DefaultHttpContext(),
                    CredentialJson = answer.Json,
                    AssertionState = state,
                }
            );
        if (!result.Succeeded)
        {
            VerifierLog.Refused(log, result.Failure.Message);
            return null;
        }

        // The handler does not return this flag, but it has verified the signature over it.
        return new VerifiedAssertion(result.Passkey.SignCount, result.Passkey.IsBackedUp, answer.UserVerified);
    }

    private static PasskeyHandler<KeyHolder> HandlerOf(UserManager<KeyHolder> users, IdentityPasskeyOptions options) =>
        new(users, Options.Create(options));

    private static IdentityPasskeyOptions OptionsOf(WebAuthnTerms terms) =>
        new()
        {
            ServerDomain = terms.RpId,
            AuthenticatorTimeout = WebAuthnRules.CeremonyLifetime,
            AttestationConveyancePreference = "none",
            UserVerificationRequirement = terms.UserVerification switch
            {
                UserVerification.Required => "required",
                UserVerification.Preferred => "preferred",
                _ => "discouraged",
            },
            ValidateOrigin = page => ValueTask.FromResult(!page.CrossOrigin && RelyingPartyId.Admits(terms.RpId, page.Origin)),
        };
}

internal static partial class VerifierLog
{
    [LoggerMessage(LogLevel.Debug, "The verifier refused a WebAuthn answer: {Reason}")]
    public static partial void Refused(ILogger log, string reason);
}
