using System.Buffers.Text;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>The pushed request that an authorization request refers to. It is a JWT; nothing is stored before it is used.</summary>
internal static class PushedRequest
{
    private static readonly string s_property = typeof(PushedRequest).FullName!;

    public static void AttachTo(OpenIddictServerTransaction transaction, string token) => transaction.SetProperty(s_property, token);

    /// <summary>Identifies a pushed request, whose JWT is good, among all others; <c>null</c> if the request was not pushed.</summary>
    public static string? Of(OpenIddictServerTransaction transaction) =>
        transaction.GetProperty<string>(s_property) is { } token
            // The same bytes can be encoded in several ways.
            ? string.Join('.', token.Split('.').Select(part => Base64Url.EncodeToString(Base64UrlEncoder.DecodeBytes(part))))
            : null;
}
