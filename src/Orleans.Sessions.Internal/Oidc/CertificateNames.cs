using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Sessions.Oidc;

/// <summary>Compares the names in certificates with the registered ones (RFC 8705 §2.1.2).</summary>
public static class CertificateNames
{
    private const int MaxLength = 1000;
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>Whether a client can be registered with this name.</summary>
    public static bool IsValid(CertificateName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Enum.IsDefined(name.Kind)
            && name.Value is { Length: > 0 and <= MaxLength }
            && name.Kind switch
            {
                CertificateNameKind.SubjectDn => PartsOf(name.Value) is { Count: > 0 },
                CertificateNameKind.SanIp => IPAddress.TryParse(name.Value, out _),
                _ => name.Value.All(c => c is > ' ' and <= '~'),
            };
    }

    /// <summary>Whether the certificate has the name.</summary>
    public static bool Has(X509Certificate2 certificate, CertificateName name)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            return name.Kind == CertificateNameKind.SubjectDn
                ? PartsOf(name.Value) is { } wanted && PartsOf(certificate.SubjectName) is { } parts && parts.SequenceEqual(wanted)
                : AlternativesOf(certificate, name.Kind).Any(alternative => IsSame(alternative, name));
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException)
        {
            // Whoever made the certificate did not make its names right.
            return false;
        }
    }

    private static bool IsSame(string alternative, CertificateName name) =>
        name.Kind switch
        {
            CertificateNameKind.SanDns => string.Equals(alternative, name.Value, StringComparison.OrdinalIgnoreCase),
            CertificateNameKind.SanIp => IPAddress.TryParse(name.Value, out var address) && address.ToString() == alternative,
            _ => alternative == name.Value,
        };

    private static List<(string Type, string Value)>? PartsOf(string text)
    {
        try
        {
            return PartsOf(new X500DistinguishedName(text));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // The second one is a text that is no Unicode.
            return null;
        }
    }

    /// <summary>
    /// The types and values of the parts. They are compared, because the same text has several encodings. <c>null</c> if a part has more
    /// than one attribute.
    /// </summary>
    private static List<(string Type, string Value)>? PartsOf(X500DistinguishedName name)
    {
        var parts = new List<(string Type, string Value)>();
        foreach (var part in name.EnumerateRelativeDistinguishedNames())
        {
            if (
                part.HasMultipleElements
                || part.GetSingleElementType().Value is not { } type
                || part.GetSingleElementValue() is not { } value
            )
            {
                return null;
            }

            parts.Add((type, value));
        }

        return parts;
    }

    /// <summary>The subject alternative names of one kind (RFC 5280 §4.2.1.6).</summary>
    private static List<string> AlternativesOf(X509Certificate2 certificate, CertificateNameKind kind)
    {
        var found = new List<string>();
        if (certificate.Extensions[SubjectAlternativeName] is not { } extension)
        {
            return found;
        }

        var wanted = new Asn1Tag(
            TagClass.ContextSpecific,
            kind switch
            {
                CertificateNameKind.SanEmail => 1,
                CertificateNameKind.SanDns => 2,
                CertificateNameKind.SanUri => 6,
                _ => 7,
            }
        );
        var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            if (names.PeekTag() != wanted)
            {
                names.ReadEncodedValue();
            }
            else if (kind != CertificateNameKind.SanIp)
            {
                found.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, wanted));
            }
            else if (names.ReadOctetString(wanted) is { Length: 4 or 16 } address)
            {
                found.Add(new IPAddress(address).ToString());
            }
        }

        return found;
    }
}
