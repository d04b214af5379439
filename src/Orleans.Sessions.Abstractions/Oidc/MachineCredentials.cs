namespace Orleans.Sessions.Oidc;

/// <summary>What the credentials of a service account are called where tokens remember by which they were made.</summary>
public static class MachineCredentials
{
    /// <summary>The client secret.</summary>
    public const string Secret = "secret";

    /// <summary>A key.</summary>
    public static string Key(string keyId) => $"key {keyId}";
}
