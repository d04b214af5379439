using Google.Protobuf.WellKnownTypes;

namespace Orleans.Sessions.Gateway.WebAuthn;

/// <summary>Credentials and options of WebAuthn as the contract carries them: free structures that browsers read and write.</summary>
internal static class CredentialStruct
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>
    /// A browser's credential as JSON; fails with <paramref name="unreadable"/> when it is larger than 64 KiB or no JSON.
    /// </summary>
    public static string Json(Struct credential, SessionError unreadable)
    {
        if (credential.CalculateSize() > MaxBytes)
        {
            throw new SessionException(unreadable);
        }

        try
        {
            return credential.ToString();
        }
        catch (InvalidOperationException)
        {
            // Values of no kind and numbers that are none can be sent in binary.
            throw new SessionException(unreadable);
        }
    }

    /// <summary>Options in the wrapper that <c>navigator.credentials</c> takes and clients expect (contract §4.1).</summary>
    public static Struct PublicKey(string options) => new()
    {
        Fields = { ["publicKey"] = Value.ForStruct(Struct.Parser.ParseJson(options)) },
    };
}
