using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.States;
using Orleans.Storage;

namespace Orleans.Sessions.Storage;

/// <summary>Adds the storage to a silo, or its membership to a client.</summary>
public static class SessionStorageExtensions
{
    /// <summary>Uses the storage that the configuration names (<see cref="StorageOptions.From"/>).</summary>
    public static ISiloBuilder AddSessionStorage(this ISiloBuilder builder) =>
        builder.AddSessionStorage(StorageOptions.From(builder.Configuration));

    /// <summary>
    /// Adds grain storage, the directories, the outboxes, and the migration at the start. With PostgreSQL, it also adds cluster membership.
    /// Without PostgreSQL, the host must choose a clustering for its single process.
    /// </summary>
    public static ISiloBuilder AddSessionStorage(this ISiloBuilder builder, StorageOptions options)
    {
        builder.Services.AddSessionStorage(options);
        builder.AddAdoNetGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, Storage);
        builder.Services.AddKeyedSingleton(StateNames.Provider, (services, _) => GrainStorage(services));
        if (options.IsShared)
        {
            builder.Services.TryAddSingleton<ILeaseTable>(services => new LeaseTable(
                (PostgreSqlDatabase)services.GetRequiredService<Database>(),
                services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId
            ));
            builder.Services.TryAddSingleton<IStateVersions>(services => new StateVersions(
                (PostgreSqlDatabase)services.GetRequiredService<Database>(),
                services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId
            ));
            builder.UseAdoNetClustering(
                (Action<OptionsBuilder<AdoNetClusteringSiloOptions>>)(
                    clustering =>
                        clustering.Configure<Database>(
                            (o, database) => (o.Invariant, o.DataSource) = (database.Invariant, ((PostgreSqlDatabase)database).Membership)
                        )
                )
            );
        }

        return builder;

        static IGrainStorage GrainStorage(IServiceProvider services)
        {
            var database = services.GetRequiredService<Database>();
            var serviceId = services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId;
            return new StateStorage(
                services.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME),
                database,
                serviceId,
                Serializer(services)
            );
        }

        static IGrainStorageSerializer Serializer(IServiceProvider services) =>
            services.GetKeyedService<IGrainStorageSerializer>(StateNames.Provider)
            ?? services.GetRequiredService<SystemTextJsonGrainStorageSerializer>();

        static void Storage(OptionsBuilder<AdoNetGrainStorageOptions> storage) =>
            storage.Configure<Database, IServiceProvider>(
                (o, database, services) =>
                {
                    o.Invariant = database.Invariant;
                    o.DataSource = database.Sessions;
                    o.DeleteStateOnClear = true;
                    o.GrainStorageSerializer = Serializer(services);
                }
            );
    }

    /// <summary>Finds the silos of a cluster whose membership is in PostgreSQL, and the master key that they share.</summary>
    public static IClientBuilder UseSessionMembership(this IClientBuilder builder, StorageOptions options)
    {
        if (!options.IsShared)
        {
            throw new InvalidOperationException("A separate gateway needs ConnectionStrings:Sessions to find the silos.");
        }

        builder.Services.AddMasterKeyStore(options);
        return builder.UseAdoNetClustering(
            (Action<OptionsBuilder<AdoNetClusteringClientOptions>>)(
                clustering =>
                    clustering.Configure<Database>(
                        (o, database) => (o.Invariant, o.DataSource) = (database.Invariant, ((PostgreSqlDatabase)database).Membership)
                    )
            )
        );
    }

    /// <summary>Adds the store of the master key, and its database.</summary>
    private static void AddMasterKeyStore(this IServiceCollection services, StorageOptions options)
    {
        services.TryAddSingleton(provider => Database.Open(options, provider.GetRequiredService<ILogger<Database>>()));
        services.TryAddSingleton(provider => new MasterKeyStore(provider.GetRequiredService<Database>()));
    }

    /// <summary>Adds the services that need no silo: the directories, the migrator, and the migration at the start.</summary>
    public static IServiceCollection AddSessionStorage(this IServiceCollection services, StorageOptions options)
    {
        services.AddMasterKeyStore(options);
        services.TryAddSingleton(options);
        services.TryAddSingleton<SystemTextJsonGrainStorageSerializer>();
        services.TryAddSingleton<IStorageFaults, StorageFaults>();
        services.TryAddSingleton<ISessionDirectory, SessionDirectory>();
        services.TryAddSingleton<IUserDirectory, UserDirectory>();
        services.TryAddSingleton<IRoleAssignmentDirectory, RoleAssignmentDirectory>();
        services.TryAddSingleton<INotificationOutbox, NotificationOutbox>();
        services.TryAddSingleton<IIntentDirectory, IntentDirectory>();
        services.TryAddSingleton<ILogoutOutbox, LogoutOutbox>();
        services.TryAddSingleton<IGrantDirectory, GrantDirectory>();
        services.TryAddSingleton<IUsedOnceStore, UsedOnceStore>();
        services.TryAddSingleton<IIdRangeStore, IdRangeStore>();
        services.TryAddSingleton<IAuditStore, AuditStore>();
        services.TryAddSingleton<ISamlLoginDirectory, SamlLoginDirectory>();
        services.TryAddSingleton(provider => new StorageMigrator(provider.GetRequiredService<Database>()));
        services.TryAddSingleton(provider => new MembershipDirectory(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId
        ));
        services.AddSingleton<IHostedService, MigrationAtStart>();
        if (!options.IsShared)
        {
            services.AddSingleton<IHostedService>(provider => new EmbeddedCheck(
                (SqliteDatabase)provider.GetRequiredService<Database>(),
                options
            ));
        }

        return services;
    }

    /// <summary>
    /// Migrates in the phase "starting", which comes before any hosted service starts. So the migration runs before the silo starts,
    /// whatever the order of registration.
    /// </summary>
    private sealed class MigrationAtStart(StorageMigrator migrator) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) => migrator.MigrateAsync(cancellationToken);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
