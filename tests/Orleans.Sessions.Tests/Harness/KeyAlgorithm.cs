namespace Orleans.Sessions.Tests.Harness;

/// <summary>An algorithm of keys (COSE).</summary>
public enum KeyAlgorithm
{
    Es256,
    Rs256,
    EdDsa,
    Es256K,
}
