using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Oidc.Logouts;

/// <summary>What the page of a front-channel logout must know. Only this service can make a ticket, or read one.</summary>
/// <param name="Issuer">The issuer at which the logout began.</param>
/// <param name="SessionId">The session that has ended.</param>
/// <param name="Next">Where the browser goes after the page.</param>
/// <param name="Clients">The clients that are told.</param>
/// <param name="EndsAt">Until when the ticket is good.</param>
internal sealed record FrontChannelTicket(
    string Issuer,
    string SessionId,
    string Next,
    ImmutableArray<FrontChannelTicket.Client> Clients,
    DateTimeOffset EndsAt
)
{
    private const string Purpose = "front-channel-logout";

    /// <summary>The ticket as a parameter of an address.</summary>
    public string Protect(SecretProtector secrets) =>
        Base64Url.EncodeToString(secrets.Protect(JsonSerializer.SerializeToUtf8Bytes(this), Purpose));

    /// <summary>The ticket in a parameter; <c>null</c> if this service did not make it.</summary>
    public static FrontChannelTicket? Read(string parameter, SecretProtector secrets)
    {
        if (parameter.Length == 0 || !Base64Url.IsValid(parameter))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<FrontChannelTicket>(secrets.Unprotect(Base64Url.DecodeFromChars(parameter), Purpose));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A client that is told.</summary>
    /// <param name="Id">The client.</param>
    /// <param name="Issuer">The issuer of its tokens, if it is another one than that of the logout.</param>
    internal sealed record Client(string Id, string? Issuer);
}
