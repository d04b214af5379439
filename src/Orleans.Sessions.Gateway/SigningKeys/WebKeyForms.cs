using Orleans.Sessions.Protocol.WebKeyV2;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Gateway.SigningKeys;

/// <summary>Converts the forms of keys from and to messages. What a request does not say is as in <see cref="KeyForm.Default"/>.</summary>
internal static class WebKeyForms
{
    /// <summary>The form of an RSA key; <c>null</c> asks for nothing.</summary>
    public static KeyForm Of(RSA? rsa) =>
        new(
            rsa?.Hasher switch
            {
                RSAHasher.Sha384 => "RS384",
                RSAHasher.Sha512 => "RS512",
                _ => "RS256",
            },
            rsa?.Bits switch
            {
                RSABits._3072 => 3072,
                RSABits._4096 => 4096,
                _ => 2048,
            }
        );

    /// <summary>The form of an elliptic curve key. The contract calls the curve P-521 P512.</summary>
    public static KeyForm Of(ECDSA ecdsa) =>
        new(
            ecdsa.Curve switch
            {
                ECDSACurve.P384 => "ES384",
                ECDSACurve.P512 => "ES512",
                _ => "ES256",
            }
        );

    /// <summary>The message of an RSA key.</summary>
    public static RSA Rsa(KeyForm form) =>
        new()
        {
            Hasher = form.Algorithm switch
            {
                "RS384" => RSAHasher.Sha384,
                "RS512" => RSAHasher.Sha512,
                _ => RSAHasher.Sha256,
            },
            Bits = form.Bits switch
            {
                3072 => RSABits._3072,
                4096 => RSABits._4096,
                _ => RSABits._2048,
            },
        };

    /// <summary>The message of an elliptic curve key.</summary>
    public static ECDSA Ecdsa(KeyForm form) =>
        new()
        {
            Curve = form.Algorithm switch
            {
                "ES384" => ECDSACurve.P384,
                "ES512" => ECDSACurve.P512,
                _ => ECDSACurve.P256,
            },
        };
}
