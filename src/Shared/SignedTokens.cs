using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Orleans.Sessions.Issuers;

/// <summary>
/// Reads signed tokens from outside, before anything in them is verified: assertions, hints, and tokens of other issuers. The library that
/// verifies them ignores values that it does not know. So values that must not be ignored are refused here. The grains and the gateway
/// share this file, like <see cref="IssuerDocuments"/>.
/// </summary>
internal static class SignedTokens
{
    /// <summary>
    /// If two members have the same name, this service and an earlier reader could understand the token differently (RFC 7515 §4, RFC 7519
    /// §4).
    /// </summary>
    private static readonly JsonDocumentOptions s_unambiguous = new() { AllowDuplicateProperties = false };

    /// <summary>
    /// The token; <c>null</c> if the text is not a signed JWT, or if the token is not acceptable. This service supports no extension of
    /// signatures, so a token with a <c>crit</c> header is invalid (RFC 7515 §4.1.11). Times must be numbers (RFC 7519 §2).
    /// </summary>
    public static JsonWebToken? Read(JsonWebTokenHandler handler, string text)
    {
        try
        {
            return
                handler.CanReadToken(text)
                && handler.ReadJsonWebToken(text) is { IsEncrypted: false } token
                && HasNoExtensions(token.EncodedHeader)
                && HasNumericTimes(token.EncodedPayload)
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
            && IsNumeric(document.RootElement, "exp")
            && IsNumeric(document.RootElement, "nbf")
            && IsNumeric(document.RootElement, "iat");
    }

    private static bool IsNumeric(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out var time) || time.ValueKind == JsonValueKind.Number;

    private static JsonDocument Parse(string part) => JsonDocument.Parse(Base64Url.DecodeFromChars(part), s_unambiguous);
}
