using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Oidc.MutualTls;

/// <summary>Registers mutual TLS.</summary>
internal static class MutualTlsExtensions
{
    public static void AddMutualTls(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<MutualTlsOptions>(configuration.GetSection(MutualTlsOptions.Section));
        services
            .AddOptions<MutualTlsOptions>()
            .Validate<IOptions<PublicOriginOptions>>(
                (options, origin) => options.Address is null || origin.Value.Public is not null,
                $"{MutualTlsOptions.Section}:{nameof(MutualTlsOptions.Address)} needs {PublicOriginOptions.Section}:Public, because the "
                    + "issuer is the same at both addresses."
            );
        services.AddSingleton<PresentedCertificates>();
        services.AddSingleton<CertificateAuthorities>();
        services.AddSingleton<CertificateAuthentication>();

        // Many certificates are self-signed, so each is accepted in the handshake, which shows that the client has its key. Whatever uses a
        // certificate checks the rest.
        services
            .AddOptions<KestrelServerOptions>()
            .Configure<IOptions<MutualTlsOptions>>(
                (kestrel, options) =>
                {
                    if (options.Value.Source == CertificateSource.Connection)
                    {
                        kestrel.ConfigureHttpsDefaults(https => https.AllowAnyClientCertificate());
                    }
                }
            );
    }
}
