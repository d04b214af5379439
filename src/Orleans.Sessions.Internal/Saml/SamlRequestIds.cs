using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions.Saml;

/// <summary>The ids of stored requests.</summary>
public static class SamlRequestIds
{
    /// <summary>Links in messages contain the id, and have little room. So many bytes nobody can guess or make collide by chance.</summary>
    private const int Bytes = 16;

    /// <summary>The id of the request to which the service provider gave the id <paramref name="requestId"/>.</summary>
    public static string Of(string entityId, string requestId) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{entityId}\n{requestId}")).AsSpan(0, Bytes));
}
