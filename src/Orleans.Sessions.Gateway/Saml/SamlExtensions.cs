using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Gateway.Saml.Endpoints;
using Orleans.Sessions.Gateway.Saml.Keys;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Logouts;
using Orleans.Sessions.Gateway.Saml.ServiceProviders;

namespace Orleans.Sessions.Gateway.Saml;

/// <summary>The SAML 2.0 identity provider.</summary>
internal static class SamlExtensions
{
    /// <summary>The path of the metadata, which is also the entity id below the public origin.</summary>
    public const string MetadataPath = "/saml/v2/metadata";

    /// <summary>The path for login requests.</summary>
    public const string SignOnPath = "/saml/v2/SSO";

    /// <summary>The path for logout requests.</summary>
    public const string LogoutPath = "/saml/v2/SLO";

    /// <summary>The path at which logins begin without a request.</summary>
    public const string UnsolicitedPath = "/saml/v2/unsolicited";

    /// <summary>The path at which service providers' servers fetch answers by an artifact.</summary>
    public const string ArtifactPath = "/saml/v2/artifact";

    /// <summary>The path for queries for attributes.</summary>
    public const string AttributePath = "/saml/v2/attribute";

    private const string CertificatePath = "/saml/v2/certificate";

    public static void AddSamlProvider(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<SamlProviderOptions>(configuration.GetSection(SamlProviderOptions.Section));
        services.AddSingleton<SigningCertificates>();
        services.AddSingleton<ServiceProviderDirectory>();
        services.AddSingleton<MetadataFetcher>();
        services.AddHostedService<MetadataRefresher>();
        services.AddSingleton<PersonAttributes>();
        services.AddSingleton<ResponseMaker>();
        services.AddSingleton<SamlPages>();
        services.AddSingleton<MessageReceiver>();
        services.AddSingleton<MetadataEndpoint>();
        services.AddSingleton<PendingLogins>();
        services.AddSingleton<SingleSignOnEndpoint>();
        services.AddSingleton<UnsolicitedEndpoint>();
        services.AddSingleton<ArtifactEndpoint>();
        services.AddSingleton<AttributeEndpoint>();
        services.AddSingleton<LogoutPropagation>();
        services.AddSingleton<SingleLogoutEndpoint>();
    }

    public static void MapSamlPages(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var pages = services.GetRequiredService<SamlPages>();
        var metadata = services.GetRequiredService<MetadataEndpoint>();
        string[] both = [HttpMethods.Get, HttpMethods.Post];
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods(MetadataPath, reading, pages.Guard(metadata.MetadataAsync));
        routes.MapMethods(CertificatePath, reading, pages.Guard(metadata.CertificateAsync));
        routes.MapMethods(SignOnPath, both, pages.Guard(services.GetRequiredService<SingleSignOnEndpoint>().HandleAsync));
        routes.MapGet(UnsolicitedPath, pages.Guard(services.GetRequiredService<UnsolicitedEndpoint>().HandleAsync));
        routes.MapMethods(LogoutPath, both, pages.Guard(services.GetRequiredService<SingleLogoutEndpoint>().HandleAsync));
        routes.MapPost(ArtifactPath, pages.GuardSoap(services.GetRequiredService<ArtifactEndpoint>().HandleAsync));
        routes.MapPost(AttributePath, pages.GuardSoap(services.GetRequiredService<AttributeEndpoint>().HandleAsync));
    }
}
