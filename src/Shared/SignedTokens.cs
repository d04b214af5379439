using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Orleans.Sessions.Issuers;

/// <summary>
/// Reads signed tokens that come from outside, before anything of them is verified: assertions, hints, and the tokens of other issuers. The library that verifies them
/// ignores what it does not know, so what must not be ignored is refused here. Part of the grains and of the gateway, as <see cref="IssuerDocuments"/> is.
/// </summary>
internal static class SignedTokens
{
    /// <summary>Two members of one name could mean one thing here and another one where the token was looked at before (RFC 7515 §4, RFC 7519 §4).</summary>
    private static readonly JsonDocumentOptions s_unambiguous = new() { AllowDuplicateProperties = false };

    /// <summary>
    /// The token; <c>null</c>: it is no signed JWT, or one that nobody may take. No extension of signatures is understood here, so a <c>crit</c> header makes a token
    /// invalid (RFC 7515 §4.1.11), and times must be numbers (RFC 7519 §2).
    /// </summary>
    public static JsonWebToken? Read(JsonWebTokenHandler handler, string text)
    {
        try
        {
            return handler.CanReadToken(text) && handler.ReadJsonWebToken(text) is { IsEncrypted: false } token
                && HasNoExtensions(token.EncodedHeader) && HasNumericTimes(token.EncodedPayload)
                    ? token
                    : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException)
        {
            return null;
        }
    }

    private static bool HasNoExtensions(string header)
    {
        using var document = Parse(header);
        return document.RootElement.ValueKind == JsonValueKind.Object && !document.RootElement.TryGetProperty("crit", out _);
    }

    private static bool HasNumericTimes(string payload)
    {
        using var document = Parse(payload);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && IsNumeric(document.RootElement, "exp") && IsNumeric(document.RootElement, "nbf") && IsNumeric(document.RootElement, "iat");
    }

    private static bool IsNumeric(JsonElement claims, string name) => !claims.TryGetProperty(name, out var time) || time.ValueKind == JsonValueKind.Number;

    private static JsonDocument Parse(string part) => JsonDocument.Parse(Base64Url.DecodeFromChars(part), s_unambiguous);
}
