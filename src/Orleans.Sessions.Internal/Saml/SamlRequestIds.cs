using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions.Saml;

/// <summary>The ids of stored requests.</summary>
public static class SamlRequestIds
{
    /// <summary>The id of the request to which the service provider gave the id <paramref name="requestId"/>.</summary>
    public static string Of(string entityId, string requestId) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{entityId}\n{requestId}")));
}
