using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Connections.Security;
using Orleans.Hosting;

namespace Orleans.Sessions.Client.Cluster;

/// <summary>Puts mutual TLS on the connections of the cluster, as the section <c>Sessions:Cluster:Tls</c> says; without it nothing changes.</summary>
public static class ClusterTlsExtensions
{
    /// <summary>For <c>UseOrleansClient</c>.</summary>
    /// <exception cref="InvalidOperationException">The section is wrong, or its files cannot be used.</exception>
    public static IClientBuilder UseSessionsTls(this IClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Read(builder.Configuration) is { } certificates ? builder.UseTls(tls => Configure(tls, certificates, builder.Services)) : builder;
    }

    /// <summary>For <c>UseOrleans</c>: between silos, and for the clients that connect to this one.</summary>
    /// <inheritdoc cref="UseSessionsTls(IClientBuilder)"/>
    public static ISiloBuilder UseSessionsTls(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Read(builder.Configuration) is { } certificates ? builder.UseTls(tls => Configure(tls, certificates, builder.Services)) : builder;
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
        services.AddSingleton<IHostedService>(provider => new LogGiver(certificates, provider.GetRequiredService<ILogger<ClusterCertificates>>()));
        tls.LocalServerCertificateSelector = (_, _) => certificates.Own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.AllowCertificate;
        tls.RemoteCertificateValidation = (certificate, chain, _) => certificates.IsOfCluster(certificate, chain);

        // Nodes are found by address, not by name: what counts is who signed the certificate.
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = "orleans-sessions";
    }

    /// <summary>The certificates are read before there is a log.</summary>
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
