using System.Text.Json;

namespace Orleans.Sessions.WebAuthn.Fido;

/// <summary>The page or app of an answer, as the browser names it (WebAuthn §5.8.1).</summary>
internal static class PageOrigin
{
    private static readonly JsonDocumentOptions s_reading = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>
    /// The origin, if it may use the keys of this relying party: a page of its host, or one of its further origins. Otherwise <c>null</c>,
    /// also for a page in a frame of another site.
    /// </summary>
    /// <param name="clientData">What the browser says, JSON.</param>
    /// <param name="rpId">The relying party id of the challenge, in lower case.</param>
    /// <param name="party">The rules of the relying party. Its own id is as somebody has configured it.</param>
    public static string? Admitted(byte[] clientData, string rpId, RelyingPartyOptions party)
    {
        try
        {
            using var document = JsonDocument.Parse(clientData, s_reading);
            var data = document.RootElement;
            return
                data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty("origin", out var value)
                && value.ValueKind == JsonValueKind.String
                && value.GetString() is { } origin
                && !(data.TryGetProperty("crossOrigin", out var crossOrigin) && crossOrigin.ValueKind != JsonValueKind.False)
                && (RelyingPartyId.Admits(rpId, origin) || party.Origins.Contains(origin, StringComparer.Ordinal))
                ? origin
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A string with half of a surrogate pair is valid JSON, but no text.
            return null;
        }
    }
}
