using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.WebAuthn;

/// <summary>
/// A <c>PublicKeyCredential</c> as browsers send it, reduced to the verified parts. Clients of ZITADEL send it without
/// <c>clientExtensionResults</c>, some pad base64url, and some send an empty user handle instead of none. This class makes all of that
/// uniform.
/// </summary>
/// <param name="Id">The credential id.</param>
/// <param name="ClientData">What the browser says about the page, JSON.</param>
internal sealed record ClientCredential(byte[] Id, byte[] ClientData)
{
    private const int MaxCharacters = 64 * 1024;
    private const int MaxTransports = 8;
    private const int MaxTransport = 32;
    private const int UserHandleBytes = 64;
    private const int FlagsAt = 32;
    private const byte UserVerifiedFlag = 0x04;
    private const byte BackupEligibleFlag = 0x08;
    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 16 };
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The attestation object of a registration; otherwise empty.</summary>
    public byte[] AttestationObject { get; private init; } = [];

    /// <summary>How browsers may reach the authenticator of a registration; a hint.</summary>
    public ImmutableArray<string> Transports { get; private init; } = [];

    /// <summary>The authenticator data of an assertion; otherwise empty.</summary>
    public byte[] AuthenticatorData { get; private init; } = [];

    /// <summary>The signature of an assertion; otherwise empty.</summary>
    public byte[] Signature { get; private init; } = [];

    /// <summary>The user that the authenticator names in an assertion; <c>null</c> if it names none.</summary>
    public string? UserHandle { get; private init; }

    /// <summary>
    /// Whether an assertion claims that the person was verified. The claim is reliable only once the signature is verified.
    /// </summary>
    public bool UserVerified => Has(UserVerifiedFlag);

    /// <summary>Whether an assertion claims that its key can also be stored elsewhere, with the same reservation.</summary>
    public bool IsBackupEligible => Has(BackupEligibleFlag);

    /// <summary>Reads the answer to a registration; <c>null</c> if the text is not one.</summary>
    public static ClientCredential? ReadAttestation(string json) => Readable(json, Attestation);

    /// <summary>Reads the answer to a login challenge; <c>null</c> if the text is not one.</summary>
    public static ClientCredential? ReadAssertion(string json) => Readable(json, Assertion);

    private static ClientCredential? Readable(string json, Func<string, ClientCredential?> read)
    {
        try
        {
            return read(json);
        }
        catch (InvalidOperationException)
        {
            // A string with half of a surrogate pair is valid JSON, but no text.
            return null;
        }
    }

    private static ClientCredential? Attestation(string json) =>
        Read(json) is var (id, clientData, response) && Filled(response["attestationObject"]) is { } attestation
            ? new ClientCredential(id, clientData) { AttestationObject = attestation, Transports = TransportsOf(response) }
            : null;

    private static ClientCredential? Assertion(string json)
    {
        if (
            Read(json) is not var (id, clientData, response)
            || Filled(response["authenticatorData"]) is not { Length: > FlagsAt } authenticatorData
            || Filled(response["signature"]) is not { } signature
        )
        {
            return null;
        }

        string? handle = null;
        if (response["userHandle"] is { } named && Text(named) is not "")
        {
            if (Filled(named) is not { Length: <= UserHandleBytes } bytes || Utf8(bytes) is not { } text)
            {
                return null;
            }

            handle = text;
        }

        return new ClientCredential(id, clientData)
        {
            AuthenticatorData = authenticatorData,
            Signature = signature,
            UserHandle = handle,
        };
    }

    private bool Has(byte flag) => AuthenticatorData.Length > FlagsAt && (AuthenticatorData[FlagsAt] & flag) != 0;

    private static (byte[] Id, byte[] ClientData, JsonObject Response)? Read(string json) =>
        Parse(json) is { } credential
        && Text(credential["type"]) == "public-key"
        && Filled(credential["rawId"] ?? credential["id"]) is { } id
        && credential["response"] is JsonObject response
        && Filled(response["clientDataJSON"]) is { } clientData
            ? (id, clientData, response)
            : null;

    private static ImmutableArray<string> TransportsOf(JsonObject response) =>
        response["transports"] is JsonArray { Count: <= MaxTransports } transports
        && transports.All(transport => Text(transport) is { Length: <= MaxTransport })
            ? [.. transports.Select(transport => Text(transport)!)]
            : [];

    private static JsonObject? Parse(string json)
    {
        if (json.Length > MaxCharacters)
        {
            return null;
        }

        try
        {
            // A document checks the whole text at once; a node would report a duplicate member only when the member is read.
            using var document = JsonDocument.Parse(json, s_reading with { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object ? JsonNode.Parse(json)!.AsObject() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Base64url that stands for at least one byte; otherwise <c>null</c>.</summary>
    private static byte[]? Filled(JsonNode? node)
    {
        if (Text(node) is not { } text)
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return
            Base64Url.DecodeFromChars(text, bytes, out var consumed, out var length) == OperationStatus.Done
            && consumed == text.Length
            && length > 0
            ? bytes[..length]
            : null;
    }

    private static string? Utf8(byte[] bytes)
    {
        try
        {
            return s_strictUtf8.GetString(bytes);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
