using Google.Protobuf.WellKnownTypes;

namespace Orleans.Sessions.Gateway.WebAuthn;

/// <summary>Credentials and options of WebAuthn as the contract transports them: free structures that browsers read and write.</summary>
internal static class CredentialStruct
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>
    /// A browser's credential as JSON. Fails with <paramref name="unreadable"/> if it is larger than 64 KiB or not JSON.
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
            // The binary format can carry values without a kind, and numbers such as NaN.
            throw new SessionException(unreadable);
        }
    }

    /// <summary>Options in the wrapper that <c>navigator.credentials</c> requires and clients expect (contract §4.1).</summary>
    public static Struct PublicKey(string options) =>
        new() { Fields = { ["publicKey"] = Value.ForStruct(Struct.Parser.ParseJson(options)) } };
}
