using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Connections.Security;
using Orleans.Hosting;

namespace Orleans.Sessions.Cluster;

/// <summary>
/// Uses mutual TLS on the connections of the cluster if the section <c>Sessions:Cluster:Tls</c> configures it. Otherwise it changes
/// nothing.
/// </summary>
public static class ClusterTlsExtensions
{
    /// <summary>For <c>UseOrleansClient</c>.</summary>
    /// <exception cref="InvalidOperationException">The section is wrong, or its files cannot be used.</exception>
    public static IClientBuilder UseSessionsTls(this IClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Read(builder.Configuration) is { } certificates
            ? builder.UseTls(tls => Configure(tls, certificates, builder.Services))
            : builder;
    }

    /// <summary>For <c>UseOrleans</c>: the connections between silos, and those of clients to this silo.</summary>
    /// <inheritdoc cref="UseSessionsTls(IClientBuilder)"/>
    public static ISiloBuilder UseSessionsTls(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Read(builder.Configuration) is { } certificates
            ? builder.UseTls(tls => Configure(tls, certificates, builder.Services))
            : builder;
    }

    /// <summary>Whether the section turns TLS on.</summary>
    public static bool HasSessionsTls(this IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration.GetSection(ClusterTlsOptions.Section)[nameof(ClusterTlsOptions.Certificate)]);

    private static ClusterCertificates? Read(IConfiguration configuration)
    {
        var options = new ClusterTlsOptions();
        configuration.GetSection(ClusterTlsOptions.Section).Bind(options);
        var wrong = options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage).ToList();
        if (wrong.Count > 0)
        {
            throw new InvalidOperationException(string.Join(' ', wrong));
        }

        return options.IsOn ? new ClusterCertificates(options, TimeProvider.System) : null;
    }

    private static void Configure(TlsOptions tls, ClusterCertificates certificates, IServiceCollection services)
    {
        services.AddSingleton<IHostedService>(provider => new LogGiver(
            certificates,
            provider.GetRequiredService<ILogger<ClusterCertificates>>()
        ));
        tls.LocalServerCertificateSelector = (_, _) => certificates.Own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.AllowCertificate;
        tls.RemoteCertificateValidation = (certificate, chain, _) => certificates.IsOfCluster(certificate, chain);

        // Nodes are found by address, not by name. What matters is who signed the certificate, not its host name.
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = "orleans-sessions";
    }

    /// <summary>Sets the log later, because the certificates are read before a log exists.</summary>
    private sealed class LogGiver(ClusterCertificates certificates, ILogger log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            certificates.Log = log;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
