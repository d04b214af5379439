namespace Orleans.Sessions.Oidc;

/// <summary>The names of a service account's credentials. A token stores the name of the credential with which it was obtained.</summary>
public static class MachineCredentials
{
    /// <summary>The client secret.</summary>
    public const string Secret = "secret";

    /// <summary>A key.</summary>
    public static string Key(string keyId) => $"key {keyId}";
}
