using System.Buffers;
using System.Buffers.Text;
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
/// <param name="Json">The credential in uniform JSON.</param>
internal sealed record ClientCredential(byte[] Id, string Json)
{
    private const int MaxCharacters = 64 * 1024;
    private const int MaxTransports = 8;
    private const int MaxTransport = 32;
    private const int UserHandleBytes = 64;
    private const int FlagsAt = 32;
    private const byte UserVerifiedFlag = 0x04;
    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 16 };
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The user that the authenticator names in an assertion; <c>null</c> if it names none.</summary>
    public string? UserHandle { get; private init; }

    /// <summary>
    /// Whether an assertion claims that the person was verified. The claim is reliable only once the signature is verified.
    /// </summary>
    public bool UserVerified { get; private init; }

    /// <summary>Reads the answer to a registration; <c>null</c> if the text is not one.</summary>
    public static ClientCredential? ReadAttestation(string json)
    {
        if (Read(json, ["clientDataJSON", "attestationObject"]) is not var (id, source, response))
        {
            return null;
        }

        if (
            source["transports"] is JsonArray { Count: <= MaxTransports } transports
            && transports.All(transport => Text(transport) is { Length: <= MaxTransport })
        )
        {
            response["transports"] = transports.DeepClone();
        }

        return new ClientCredential(id, Uniform(id, response));
    }

    /// <summary>Reads the answer to a login challenge; <c>null</c> if the text is not one.</summary>
    public static ClientCredential? ReadAssertion(string json)
    {
        if (
            Read(json, ["clientDataJSON", "authenticatorData", "signature"]) is not var (id, source, response)
            || Bytes(response["authenticatorData"]) is not { Length: > FlagsAt } authenticatorData
        )
        {
            return null;
        }

        string? handle = null;
        if (source["userHandle"] is { } named && Text(named) is not "")
        {
            if (Bytes(named) is not { Length: > 0 and <= UserHandleBytes } bytes || Utf8(bytes) is not { } text)
            {
                return null;
            }

            handle = text;
            response["userHandle"] = Base64Url.EncodeToString(bytes);
        }

        return new ClientCredential(id, Uniform(id, response))
        {
            UserHandle = handle,
            UserVerified = (authenticatorData[FlagsAt] & UserVerifiedFlag) != 0,
        };
    }

    private static (byte[] Id, JsonObject Source, JsonObject Response)? Read(string json, string[] members)
    {
        if (
            Parse(json) is not { } credential
            || Text(credential["type"]) != "public-key"
            || Bytes(credential["rawId"] ?? credential["id"]) is not { Length: > 0 } id
            || credential["response"] is not JsonObject source
        )
        {
            return null;
        }

        var response = new JsonObject();
        foreach (var member in members)
        {
            if (Bytes(source[member]) is not { Length: > 0 } bytes)
            {
                return null;
            }

            response[member] = Base64Url.EncodeToString(bytes);
        }

        return (id, source, response);
    }

    private static string Uniform(byte[] id, JsonObject response) =>
        new JsonObject
        {
            ["id"] = Base64Url.EncodeToString(id),
            ["type"] = "public-key",
            ["clientExtensionResults"] = new JsonObject(),
            ["response"] = response,
        }.ToJsonString();

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

    private static byte[]? Bytes(JsonNode? node)
    {
        if (Text(node) is not { } text)
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out var consumed, out var length) == OperationStatus.Done && consumed == text.Length
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
