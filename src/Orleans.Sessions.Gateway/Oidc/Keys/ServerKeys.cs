using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace Orleans.Sessions.Gateway.Oidc.Keys;

/// <summary>Gives OpenIddict the keys of the <see cref="KeyRing"/>, and again when they change.</summary>
internal sealed class ServerKeys(KeyRing ring)
    : IConfigureOptions<OpenIddictServerOptions>,
        IOptionsChangeTokenSource<OpenIddictServerOptions>
{
    public string Name => Options.DefaultName;

    public void Configure(OpenIddictServerOptions options)
    {
        var keys = ring.Current;
        options.EncryptionCredentials.Add(
            new EncryptingCredentials(keys.Encryption, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512)
        );

        // The first key signs. OpenIddict sorts the list, but keys without dates count as equal and keep their order.
        options.SigningCredentials.AddRange(keys.Signing);
    }

    public IChangeToken GetChangeToken() => ring.Changed;
}
