using System.Buffers.Text;
using Microsoft.IdentityModel.Tokens;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>The pushed request that an authorization request refers to. It is a JWT; nothing is stored before it is used.</summary>
internal static class PushedRequest
{
    /// <summary>A name that only this pushed request has. The same bytes can be encoded in several ways.</summary>
    public static string NameOf(string jwt) =>
        string.Join('.', jwt.Split('.').Select(part => Base64Url.EncodeToString(Base64UrlEncoder.DecodeBytes(part))));
}
