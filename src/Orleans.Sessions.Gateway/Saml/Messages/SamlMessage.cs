using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>A received message. Do not trust it before <see cref="IsSignedBy"/> has returned true.</summary>
internal sealed record SamlMessage
{
    /// <summary>The maximum length of a relay state, in characters. Some service providers send the address of their page.</summary>
    public const int MaxRelayState = 4096;

    private const int MaxEncoded = 128 * 1024;
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The message element.</summary>
    public required XmlElement Root { get; init; }

    /// <summary>The text that the sender wants back with the answer.</summary>
    public string? RelayState { get; init; }

    /// <summary>The binding by which the message came.</summary>
    public SamlBinding Binding { get; init; }

    /// <summary>Whether the message has a signature, valid or not.</summary>
    public bool IsSigned { get; init; }

    /// <summary>The signed part of a query, with algorithm and signature.</summary>
    private (byte[] Octets, string? Algorithm, byte[] Value)? Query { get; init; }

    /// <summary>Whether one of the certificates' keys has signed the message, in the way that its binding requires.</summary>
    public bool IsSignedBy(IEnumerable<X509Certificate2> certificates) =>
        Binding switch
        {
            SamlBinding.Redirect => Query is var (octets, algorithm, value)
                && SamlSignatures.IsSignedBy(octets, algorithm, value, certificates),
            _ => SamlSignatures.IsSignedBy(Root, certificates),
        };

    /// <summary>The first algorithm of its signature that is not accepted here; <c>null</c> if there is none.</summary>
    public string? UnacceptedAlgorithm() =>
        Binding == SamlBinding.Redirect
            ? Query is var (_, algorithm, _) && algorithm is not null && !XmlSignatureAlgorithms.IsMethod(algorithm)
                ? algorithm
                : null
            : EnvelopedSignature.UnacceptedAlgorithm(Root);

    /// <summary>
    /// The message in a query; <c>null</c> if the query has no readable message. The signature covers the octets as they were sent, so the
    /// query is split before anything is decoded.
    /// </summary>
    /// <param name="rawQuery">The query with its question mark, as it was sent.</param>
    /// <param name="parameter"><see cref="SamlBindings.Request"/> or <see cref="SamlBindings.Response"/>.</param>
    public static SamlMessage? ReadRedirect(string rawQuery, string parameter)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in rawQuery.TrimStart('?').Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !parameters.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                // A repeated parameter is refused: one value could be verified and the other one read.
                return null;
            }
        }

        if (
            !parameters.TryGetValue(parameter, out var encoded)
            || encoded.Length > 3 * MaxEncoded
            || Bytes(Decode(encoded)) is not { } deflated
            || Inflate(deflated) is not { } xml
            || SafeXml.Parse(xml, XmlLimits.Message)?.DocumentElement is not { } root
        )
        {
            return null;
        }

        var relayState = parameters.TryGetValue("RelayState", out var given) ? Decode(given) : null;
        var isSigned = parameters.TryGetValue("Signature", out var signature);
        return relayState?.Length > MaxRelayState
            ? null
            : new SamlMessage
            {
                Root = root,
                RelayState = relayState,
                Binding = SamlBinding.Redirect,
                IsSigned = isSigned,
                Query =
                    isSigned && parameters.TryGetValue("SigAlg", out var algorithm) && Bytes(Decode(signature!)) is { } value
                        ? (
                            Encoding.ASCII.GetBytes(
                                string.Join(
                                    '&',
                                    new[] { parameter, "RelayState", "SigAlg" }
                                        .Where(parameters.ContainsKey)
                                        .Select(name => $"{name}={parameters[name]}")
                                )
                            ),
                            Decode(algorithm),
                            value
                        )
                        : null,
            };
    }

    /// <summary>The message in a form field; <c>null</c> if it cannot be read.</summary>
    public static SamlMessage? ReadPost(string base64, string? relayState) =>
        base64.Length <= 3 * MaxEncoded
        && Bytes(base64) is { } bytes
        && Utf8(bytes) is { } xml
        && SafeXml.Parse(xml, XmlLimits.Message)?.DocumentElement is { } root
        && relayState is not { Length: > MaxRelayState }
            ? new SamlMessage
            {
                Root = root,
                RelayState = relayState,
                Binding = SamlBinding.Post,
                IsSigned = SamlSignatures.IsSigned(root),
            }
            : null;

    /// <summary>The message in a SOAP envelope, which is UTF-8; <c>null</c> if it cannot be read.</summary>
    public static SamlMessage? ReadSoap(ReadOnlySpan<byte> envelope) =>
        Utf8(envelope) is { } xml
        && SafeXml.Parse(xml, XmlLimits.Message)?.DocumentElement is { } root
        && SoapEnvelope.MessageIn(root) is { } message
            ? new SamlMessage
            {
                Root = message,
                Binding = SamlBinding.Soap,
                IsSigned = SamlSignatures.IsSigned(message),
            }
            : null;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    /// <summary>Base64 may contain line breaks.</summary>
    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[(base64.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    private static string? Inflate(byte[] deflated)
    {
        try
        {
            using var inflated = new DeflateStream(new MemoryStream(deflated), CompressionMode.Decompress);
            var bytes = new byte[XmlLimits.Message.MaxCharacters + 1];
            var length = inflated.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length == bytes.Length ? null : Utf8(bytes.AsSpan(0, length));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string? Utf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strictUtf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
