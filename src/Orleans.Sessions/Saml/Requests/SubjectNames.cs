using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Saml.Requests;

/// <summary>
/// The names of users and sessions at a service provider. Many service providers identify users by e-mail address, so an address that the
/// person has not proved is never sent. The identifier of a user or a session is a keyed hash, so that nobody can guess it or compare the
/// identifiers of two service providers.
/// </summary>
internal sealed class SubjectNames(SecretProtector secrets)
{
    /// <summary>
    /// Whether service providers can receive a name unchanged, as name id or as attribute: XML has no control characters, and many service
    /// providers trim white space. The changed name could be another user's name.
    /// </summary>
    public static bool CanBeTold(string name) =>
        name == name.Trim() && name.EnumerateRunes().All(rune => !Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF));

    /// <summary>
    /// The user's name in the requested format, or otherwise in the other format, with that format; <c>null</c> if the user has neither.
    /// </summary>
    public (string Format, string Name)? NameId(SamlRequest request, UserView user)
    {
        foreach (var format in new[] { request.NameIdFormat, request.OtherNameIdFormat }.OfType<string>())
        {
            if (NameId(format, request.EntityId, user) is { } name)
            {
                return (format, name);
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a request that names its subject means this user, whatever the user's name in the answer is (SAML core §3.4.1.4). Without a
    /// format it may be any name that the user has at the service provider. Names for one login are not remembered.
    /// </summary>
    public bool Means(string name, SamlRequest request, UserView user)
    {
        bool Is(string kind) =>
            NameId(kind, request.EntityId, user) is { } own && (kind == NameIdFormats.Persistent ? own == name : IsSame(own, name));

        return request.SubjectNameIdFormat is { } format && format != NameIdFormats.Unspecified
            ? format != NameIdFormats.Transient && NameIdFormats.All.Contains(format) && Is(format)
            : Is(NameIdFormats.EmailAddress) || Is(NameIdFormats.Unspecified) || Is(NameIdFormats.Persistent);
    }

    /// <summary>The session's name.</summary>
    public string SessionIndex(string entityId, string sessionId) => Hash("saml-session", entityId, sessionId);

    private string? NameId(string format, string entityId, UserView user) =>
        format switch
        {
            NameIdFormats.Persistent => Hash("saml-subject", entityId, user.Id),
            NameIdFormats.Transient => $"_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}",
            NameIdFormats.EmailAddress => VerifiedAddress(user),
            _ => !user.UserName.Contains('@', StringComparison.Ordinal) || IsSame(user.UserName, VerifiedAddress(user))
                ? user.UserName
                : null,
        };

    private static string? VerifiedAddress(UserView user) =>
        user.Human?.Email is { IsVerified: true, Address: var address } && CanBeTold(address) ? address : null;

    private static bool IsSame(string name, string? address) => address is not null && TextKey.Of(name) == TextKey.Of(address);

    private string Hash(string purpose, string entityId, string id) =>
        $"_{Base64Url.EncodeToString(secrets.Mac(Encoding.UTF8.GetBytes($"{purpose}\n{entityId}\n{id}")))}";
}
