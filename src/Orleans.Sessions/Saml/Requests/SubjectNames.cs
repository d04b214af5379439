using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Saml.Requests;

/// <summary>What users and sessions are called at a service provider. Keyed hashes, so that nobody can guess a name or compare those of two service providers.</summary>
internal sealed class SubjectNames(SecretProtector secrets)
{
    /// <summary>
    /// Whether service providers get a login name as it is, be it as name id or as attribute: XML has no control characters, and many cut off white space at the
    /// ends. What is left could be another user's name.
    /// </summary>
    public static bool CanBeTold(string loginName) =>
        loginName == loginName.Trim() && loginName.EnumerateRunes().All(rune => !Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF));

    /// <summary>The user's name in a format.</summary>
    public string NameId(string format, string entityId, UserIdentity user) => format switch
    {
        NameIdFormats.Persistent => Hash("saml-subject", entityId, user.Id),
        NameIdFormats.Transient => $"_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}",
        _ => user.LoginName,
    };

    /// <summary>The session's name.</summary>
    public string SessionIndex(string entityId, string sessionId) => Hash("saml-session", entityId, sessionId);

    private string Hash(string purpose, string entityId, string id) =>
        $"_{Base64Url.EncodeToString(secrets.Mac(Encoding.UTF8.GetBytes($"{purpose}\n{entityId}\n{id}")))}";
}
