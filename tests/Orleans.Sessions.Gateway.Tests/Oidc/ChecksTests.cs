using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>
/// The list of OpenIddict's checks is complete and true. A new version of OpenIddict that brings a check, or drops one, fails here.
/// </summary>
public sealed class ChecksTests
{
    [Fact]
    public void Every_check_of_the_library_is_on_the_list_once_and_nothing_else() =>
        Assert.Equal(
            OpenIddictServerHandlers.DefaultHandlers.Where(IsCheck).Select(NameOf).Distinct().Order(StringComparer.Ordinal),
            OidcChecks.All.Select(check => check.Handler.FullName!).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_check_is_on_or_off_as_the_list_says()
    {
        var options = Configured();

        Assert.Equal(
            OidcChecks.All.Where(check => check.IsOn).Select(check => check.Handler.FullName!).Order(StringComparer.Ordinal),
            options
                .Handlers.Where(IsCheck)
                .Where(descriptor => !descriptor.FilterTypes.Any(filter => IsClosed(options, filter)))
                .Select(NameOf)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_check_has_a_reason() =>
        Assert.All(OidcChecks.All, check => Assert.EndsWith(".", check.Why, StringComparison.Ordinal));

    private static bool IsCheck(OpenIddictServerHandlerDescriptor descriptor) =>
        descriptor.Type == OpenIddictServerHandlerType.BuiltIn
        && descriptor.ServiceDescriptor.ServiceType is { DeclaringType: not null } type
        && type.Assembly == typeof(OpenIddictServerHandlers).Assembly
        && type.Name.StartsWith("Validate", StringComparison.Ordinal);

    private static string NameOf(OpenIddictServerHandlerDescriptor descriptor) => descriptor.ServiceDescriptor.ServiceType.FullName!;

    /// <summary>Whether a condition is never met with these options.</summary>
    private static bool IsClosed(OpenIddictServerOptions options, Type filter) =>
        (filter == typeof(OpenIddictServerHandlerFilters.RequireDegradedModeDisabled) && options.EnableDegradedMode)
        || (filter == typeof(OpenIddictServerHandlerFilters.RequireScopeValidationEnabled) && options.DisableScopeValidation)
        || (filter == typeof(OpenIddictServerHandlerFilters.RequireAudienceValidationEnabled) && options.DisableAudienceValidation)
        || (filter == typeof(OpenIddictServerHandlerFilters.RequireResourceValidationEnabled) && options.DisableResourceValidation);

    /// <summary>The options as this service sets them, before OpenIddict itself completes them.</summary>
    private static OpenIddictServerOptions Configured()
    {
        var services = new ServiceCollection();
        services.AddOpenIddict().AddServer(OidcExtensions.AddServer);
        using var provider = services.BuildServiceProvider();
        var options = new OpenIddictServerOptions();
        foreach (var configure in provider.GetServices<IConfigureOptions<OpenIddictServerOptions>>())
        {
            configure.Configure(options);
        }

        var library = typeof(OpenIddictServerOptions).Assembly;
        foreach (var configure in provider.GetServices<IPostConfigureOptions<OpenIddictServerOptions>>())
        {
            if (configure.GetType().Assembly != library)
            {
                configure.PostConfigure(Options.DefaultName, options);
            }
        }

        return options;
    }
}
