using System.Buffers.Binary;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// PBKDF2 in the base64 of ASP.NET Core Identity. Version 2 is a zero, 16 bytes of salt and 32 bytes of hash, with SHA-1 and 1000 rounds.
/// Version 3 is a one, and in big-endian order the digest, the rounds and the length of the salt; salt and hash follow.
/// </summary>
internal sealed partial class AspNetIdentity : IPasswordAlgorithm
{
    private const int Version2Rounds = 1000;
    private const int Version2Bytes = 1 + 16 + 32;
    private const int Version3Header = 1 + (3 * sizeof(uint));

    public EncodedPassword? Parse(string encoded) =>
        !Encoded().IsMatch(encoded) || Unpadded.Decode(encoded) is not { } bytes
            ? null
            : bytes switch
            {
                [0, ..] when bytes.Length == Version2Bytes => Pbkdf2.Read("sha1", Version2Rounds, bytes[1..17], bytes[17..]),
                [1, ..] when bytes.Length > Version3Header => Version3(bytes),
                _ => null,
            };

    private static EncodedPassword? Version3(byte[] bytes)
    {
        var digest = Number(bytes, 1) switch
        {
            0 => "sha1",
            1 => "sha256",
            2 => "sha512",
            _ => null,
        };
        var rounds = Number(bytes, 5);
        var saltBytes = Number(bytes, 9);
        return digest is null || rounds > int.MaxValue || saltBytes > bytes.Length - Version3Header
            ? null
            : Pbkdf2.Read(
                digest,
                (int)rounds,
                bytes[Version3Header..(Version3Header + (int)saltBytes)],
                bytes[(Version3Header + (int)saltBytes)..]
            );
    }

    private static uint Number(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));

    [GeneratedRegex(@"^A[A-Za-z0-9+/]{39,}={0,2}\z")]
    private static partial Regex Encoded();
}
