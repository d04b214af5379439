using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Addresses;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Codes;
using Orleans.Sessions.Egress;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.IdentityProviders.Oidc;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Listing;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Organizations;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Passwords.Guessable;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Settings;
using Orleans.Sessions.SigningKeys;
using Orleans.Sessions.State;
using Orleans.Sessions.States;
using Orleans.Sessions.Users;
using Orleans.Sessions.WebAuthn;
using Orleans.Sessions.WebAuthn.Fido;
using Orleans.Storage;

namespace Orleans.Sessions;

/// <summary>Registers the services of the grains; storage and the directories come from the storage package.</summary>
public static class SessionGrainsExtensions
{
    /// <summary>Adds the grains' services. Options are checked when the host starts; an error names the key.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="configuration">The configuration, which contains the section <c>Sessions</c>.</param>
    /// <param name="masterKey">Returns 32 bytes, the same on every silo of the cluster. It is called once, when storage is ready.</param>
    public static IServiceCollection AddSessionGrains(
        this IServiceCollection services,
        IConfiguration configuration,
        Func<IServiceProvider, byte[]> masterKey
    )
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SecretProtector(() => masterKey(provider)));
        services.AddSingleton<IdGenerator>();
        services.AddSingleton<InstanceAccessor>();
        services.AddAuditTrail(configuration);
        services.AddProjections();
        services.AddEgress(configuration);
        AddCluster(services);
        AddStates(services);
        AddSessions(services, configuration);
        AddUsers(services, configuration);
        AddPasswords(services, configuration);
        AddIdentityProviders(services, configuration);
        services.AddOidcGrains(configuration);
        services.AddSamlGrains(configuration);
        return services;
    }

    private static void AddCluster(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new ClusterLease(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new TakeoverFence(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(typeof(GrainReferences<>));
    }

    /// <summary>What grains keep their states with. A state is JSON; each capability describes its own.</summary>
    private static void AddStates(IServiceCollection services)
    {
        services.AddSingleton<StateServices>();
        services.AddSingleton<StateSerializer>();
        services.AddKeyedSingleton<IGrainStorageSerializer>(StateNames.Provider, (provider, _) =>
            provider.GetRequiredService<StateSerializer>()
        );
        services.AddSingleton<JsonSerializerContext>(SessionJsonContext.Default);
        services.AddSingleton<JsonSerializerContext>(UserJsonContext.Default);
        services.AddSingleton<JsonSerializerContext>(InstanceJsonContext.Default);
        services.AddSingleton<JsonSerializerContext>(OrganizationsJsonContext.Default);
        services.AddSingleton<JsonSerializerContext>(IdentityProviderJsonContext.Default);
        services.AddSingleton<JsonSerializerContext>(NotificationJsonContext.Default);
        services.AddSingleton<JsonSerializerContext>(SigningKeysJsonContext.Default);
        services.AddSingleton<JsonSerializerContext>(SettingsJsonContext.Default);
        services.AddSingleton<JsonSerializerContext>(ProjectsJsonContext.Default);
    }

    private static void AddSessions(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SessionMeter>();
        services.AddSingleton<ExpiryTurns>();
        services.AddSingleton<IdleSessions>();
        services.AddSingleton<SessionServices>();
        services.AddSingleton<SearchGate>();
        services.AddSingleton<SessionDirectorySearch>();
        services.AddCheckedOptions<SessionOptions>(configuration.GetSection(SessionOptions.Section));
        services.AddCheckedOptions<MemoryOptions>(configuration.GetSection(MemoryOptions.Section));
        services.AddCheckedOptions<LoginPolicyOptions>(configuration.GetSection(LoginPolicyOptions.Section));
    }

    private static void AddUsers(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<UserServices>();
        services.AddSingleton<ContactFinder>();
        services.AddSingleton<OrganizationPeople>();
        services.AddSingleton<AuthenticatorMetadata>();
        services.AddSingleton<AttestationRules>();
        services.AddSingleton<IWebAuthnVerifier, Fido2Verifier>();
        services.AddHostedService<MetadataRefresh>();
        services.AddCheckedOptions<WebAuthnOptions>(configuration.GetSection(WebAuthnOptions.Section));
        services.AddSingleton<Notifier>();
        services.AddCheckedOptions<UserOptions>(configuration.GetSection(UserOptions.Section));
        services.AddCheckedOptions<OrganizationOptions>(configuration.GetSection(OrganizationOptions.Section));
        services.AddCheckedOptions<LockoutOptions>(configuration.GetSection(LockoutOptions.Section));
        services.AddCheckedOptions<CodeOptions>(configuration.GetSection(CodeOptions.Section));
        services.AddCheckedOptions<NotificationOptions>(configuration.GetSection(NotificationOptions.Section));
    }

    private static void AddPasswords(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<PasswordHashingPool>();
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<PasswordPolicy>();
        services.AddSingleton<BreachedPasswords>();
        services.AddSingleton(provider => new GuessablePasswords(
            provider.GetRequiredService<IOptions<PasswordPolicyOptions>>(),
            provider.GetRequiredService<IOptions<UserOptions>>(),
            provider.GetRequiredService<BreachedPasswords>()
        ));
        services.AddCheckedOptions<PasswordHashingOptions>(configuration.GetSection(PasswordHashingOptions.Section));
        services.AddCheckedOptions<PasswordPolicyOptions>(configuration.GetSection(PasswordPolicyOptions.Section));
        services.AddCheckedOptions<BreachedPasswordOptions>(configuration.GetSection(BreachedPasswordOptions.Section));
    }

    private static void AddIdentityProviders(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IdentityFinder>();
        services.AddSingleton<IntentServices>();
        services.AddSingleton<IssuerCheck>();
        services.AddSingleton<ReturnAddresses>();
        services.AddCheckedOptions<IntentOptions>(configuration.GetSection(IntentOptions.Section));
        services.AddCheckedOptions<ReturnAddressOptions>(configuration.GetSection(ReturnAddressOptions.Section));
        services.Configure<ReturnAddressOptions>(options => options.ReadOwnOrigins(configuration.GetSection("Sessions")));
        services.AddCheckedList<ConfiguredProviders, ConfiguredProvider>(
            configuration.GetSection(ConfiguredProviders.Section),
            configured => configured.Providers
        );
    }
}
