using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Fido2NetLib;
using Fido2NetLib.Objects;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.WebAuthn.Fido;

/// <summary>
/// WebAuthn by the library Fido2. Each ceremony gets a configuration of its own, with the one origin that its answer may have.
/// </summary>
internal sealed class Fido2Verifier(AttestationRules attestations, IOptions<WebAuthnOptions> options, ILogger<Fido2Verifier> log)
    : IWebAuthnVerifier
{
    private const int ChallengeBytes = 32;

    public Task<WebAuthnCeremony> BeginRegistrationAsync(WebAuthnTerms terms, KeyHolder holder, AuthenticatorAttachment attachment)
    {
        var challenge = RandomNumberGenerator.GetBytes(ChallengeBytes);
        var asked = CeremonyOptions.Registration(terms, holder, options.Value.Find(terms.RpId).Attestation, attachment, challenge);
        return Task.FromResult(new WebAuthnCeremony(asked.ToJson(), Base64Url.EncodeToString(challenge)));
    }

    public Task<WebAuthnCredential?> FinishRegistrationAsync(
        WebAuthnTerms terms,
        KeyHolder holder,
        string state,
        ClientCredential answer
    ) => TryAsync(terms, state, answer, (challenge, origin) => RegisteredAsync(terms, holder, challenge, origin, answer));

    public Task<WebAuthnCeremony> BeginAssertionAsync(WebAuthnTerms terms, KeyHolder? holder)
    {
        var challenge = RandomNumberGenerator.GetBytes(ChallengeBytes);
        var asked = CeremonyOptions.Assertion(terms, holder, challenge);
        return Task.FromResult(new WebAuthnCeremony(asked.ToJson(), Base64Url.EncodeToString(challenge)));
    }

    public Task<VerifiedAssertion?> FinishAssertionAsync(WebAuthnTerms terms, KeyHolder holder, string state, ClientCredential answer) =>
        TryAsync(terms, state, answer, (challenge, origin) => AssertedAsync(terms, holder, challenge, origin, answer));

    private async Task<WebAuthnCredential?> RegisteredAsync(
        WebAuthnTerms terms,
        KeyHolder holder,
        byte[] challenge,
        string origin,
        ClientCredential answer
    )
    {
        var party = options.Value.Find(terms.RpId);
        var parsed = Parse(answer, answer.AttestationObject);
        if (party.Attestation == AttestationConveyance.None)
        {
            // Nobody has asked for the statement, so a wrong or unknown one is no reason to refuse the key.
            parsed = Parse(answer, AttestationRules.WithoutStatement(parsed.AttestationObject.AuthData));
        }

        if (!AttestationRules.Knows(parsed.AttestationObject.Fmt))
        {
            return Refuse<WebAuthnCredential>("the format of the attestation");
        }

        var key = await new Fido2(CeremonyOptions.Configuration(terms, origin)).MakeNewCredentialAsync(
            new MakeNewCredentialParams
            {
                AttestationResponse = parsed.Raw,
                OriginalOptions = CeremonyOptions.Registration(terms, holder, party.Attestation, AuthenticatorAttachment.Any, challenge),
                IsCredentialIdUniqueToUserCallback = (made, _) => Task.FromResult(Find(holder, made.CredentialId) is null),
            }
        );
        return new WebAuthnCredential(
            [.. key.Id],
            [.. key.PublicKey],
            key.SignCount,
            key.IsBackupEligible,
            key.IsBackedUp,
            answer.Transports
        )
        {
            Attestation = attestations.Judge(parsed, key, party),
        };
    }

    private static AuthenticatorAttestationResponse Parse(ClientCredential answer, byte[] attestationObject) =>
        AuthenticatorAttestationResponse.Parse(
            new AuthenticatorAttestationRawResponse
            {
                Id = Base64Url.EncodeToString(answer.Id),
                RawId = answer.Id,
                Type = PublicKeyCredentialType.PublicKey,
                ClientExtensionResults = new AuthenticationExtensionsClientOutputs(),
                Response = new AuthenticatorAttestationRawResponse.AttestationResponse
                {
                    AttestationObject = attestationObject,
                    ClientDataJson = answer.ClientData,
                },
            }
        );

    private async Task<VerifiedAssertion?> AssertedAsync(
        WebAuthnTerms terms,
        KeyHolder holder,
        byte[] challenge,
        string origin,
        ClientCredential answer
    )
    {
        if (Find(holder, answer.Id) is not { } known)
        {
            return Refuse<VerifiedAssertion>("the key is unknown");
        }

        if (attestations.IsRevoked(known.Attestation))
        {
            return Refuse<VerifiedAssertion>("the model of the authenticator is revoked");
        }

        var handle = Encoding.UTF8.GetBytes(holder.Handle);
        var proven = await new Fido2(CeremonyOptions.Configuration(terms, origin)).MakeAssertionAsync(
            new MakeAssertionParams
            {
                AssertionResponse = new AuthenticatorAssertionRawResponse
                {
                    Id = Base64Url.EncodeToString(answer.Id),
                    RawId = answer.Id,
                    Type = PublicKeyCredentialType.PublicKey,
                    ClientExtensionResults = new AuthenticationExtensionsClientOutputs(),
                    Response = new AuthenticatorAssertionRawResponse.AssertionResponse
                    {
                        AuthenticatorData = answer.AuthenticatorData,
                        ClientDataJson = answer.ClientData,
                        Signature = answer.Signature,
                        UserHandle = answer.UserHandle is { } named ? Encoding.UTF8.GetBytes(named) : null,
                    },
                },
                OriginalOptions = CeremonyOptions.Assertion(terms, holder, challenge),
                StoredPublicKey = [.. known.PublicKey],
                // The user's grain judges counters, because it must tell a clone from a wrong answer.
                StoredSignatureCounter = 0,
                IsUserHandleOwnerOfCredentialIdCallback = (owner, _) => Task.FromResult(owner.UserHandle.AsSpan().SequenceEqual(handle)),
            }
        );
        if (answer.IsBackupEligible != known.IsBackupEligible)
        {
            return Refuse<VerifiedAssertion>("the eligibility for backups has changed");
        }

        // The library does not return the flag, but it has verified the signature over it.
        return new VerifiedAssertion(
            proven.SignCount,
            proven.IsBackedUp,
            answer.UserVerified,
            answer.UserVerified && attestations.IsHardwareBound(known)
        );
    }

    /// <summary>
    /// Runs a verification of bytes that anybody may have sent; <c>null</c> if anything in them is wrong. The library reports most of it,
    /// but not all, with an exception of its own kind.
    /// </summary>
    private async Task<T?> TryAsync<T>(WebAuthnTerms terms, string state, ClientCredential answer, Func<byte[], string, Task<T?>> verify)
        where T : class
    {
        if (
            ChallengeOf(state) is not { } challenge
            || PageOrigin.Admitted(answer.ClientData, terms.RpId, options.Value.Find(terms.RpId)) is not { } origin
        )
        {
            return Refuse<T>("the page or the challenge");
        }

        try
        {
            return await verify(challenge, origin);
        }
        catch (Exception exception) when (exception is not SessionException)
        {
            return Refuse<T>(exception.Message);
        }
    }

    private static byte[]? ChallengeOf(string state)
    {
        var challenge = new byte[ChallengeBytes];
        return Base64Url.IsValid(state) && Base64Url.TryDecodeFromChars(state, challenge, out var length) && length == ChallengeBytes
            ? challenge
            : null;
    }

    private static WebAuthnCredential? Find(KeyHolder holder, byte[] id) =>
        holder.Credentials.FirstOrDefault(known => known.Id.AsSpan().SequenceEqual(id));

    private T? Refuse<T>(string reason)
        where T : class
    {
        VerifierLog.Refused(log, reason);
        return null;
    }
}

internal static partial class VerifierLog
{
    [LoggerMessage(LogLevel.Debug, "The verifier refused a WebAuthn answer: {Reason}")]
    public static partial void Refused(ILogger log, string reason);
}
