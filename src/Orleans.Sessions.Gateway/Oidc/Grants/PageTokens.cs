using System.Buffers.Text;
using System.Text;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Grants;

/// <summary>Positions in a list of grants, as text for clients. A made-up position does no harm: it only says where to continue.</summary>
internal static class PageTokens
{
    private const char Separator = '\n';

    public static string Of(UserGrantPosition position) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{position.ClientId}{Separator}{position.GrantId}"));

    /// <summary>The position. Fails with <see cref="InvalidRequestException"/>.</summary>
    public static UserGrantPosition Parse(string token) =>
        Base64Url.IsValid(token)
        && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(Separator) is [{ Length: > 0 } clientId, { Length: > 0 } grantId]
        && token == Of(new(clientId, grantId))
        && !clientId.Contains('\0', StringComparison.Ordinal)
        && !grantId.Contains('\0', StringComparison.Ordinal)
            ? new UserGrantPosition(clientId, grantId)
            : throw new InvalidRequestException("page_token: must be the next_page_token of the previous page");
}
