using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;
using Orleans.Sessions.WebAuthn.Fido;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>A silo in this process over an in-memory database, with a clock that tests move.</summary>
public abstract class SessionCluster(int maxAttempts, bool locksUser = false, bool tellsChanges = false, bool isStrict = false)
    : IAsyncLifetime
{
    public const string Password = "Correct-Horse-7";
    public const string OrganizationId = "org-1";

    /// <summary>The relying party that asks authenticators to say what they are.</summary>
    public const string AttestedDomain = "attested.example.com";

    /// <summary>Large enough that simultaneous guesses are all judged.</summary>
    public const int HashesPerUser = 20;

    /// <summary>The number of SMS that may be sent in a day.</summary>
    public const int SmsPerDay = 1000;
    public static readonly TimeSpan CertificateLifetime = TimeSpan.FromDays(2);
    public static readonly TimeSpan CertificateAnnouncement = TimeSpan.FromHours(1);
    public static readonly TimeSpan CertificateAfterlife = TimeSpan.FromHours(1);
    private static int s_names;

    private InProcessTestCluster? _cluster;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public MemoryStore Store { get; private set; } = null!;

    /// <summary>How many more times a session fails to report a change to its user's index, as when that node dies.</summary>
    public int RecordsToLose { get; set; }

    /// <summary>How many more answers of created sessions come too late for their callers.</summary>
    public int AnswersToLose { get; set; }

    /// <summary>Takes every call to a grain; <c>null</c>: calls go their way.</summary>
    public Func<IIncomingGrainCallContext, Task>? Intercept { get; set; }

    internal PasswordHashingPool Hashing => _cluster!.Silos[0].ServiceProvider.GetRequiredService<PasswordHashingPool>();

    /// <summary>The metadata of authenticators, into which tests put models of their own.</summary>
    internal AuthenticatorMetadata Metadata => _cluster!.Silos[0].ServiceProvider.GetRequiredService<AuthenticatorMetadata>();

    /// <summary>The settings of users, which a test may change for a while if no other one uses the cluster.</summary>
    internal UserOptions Users => _cluster!.Silos[0].ServiceProvider.GetRequiredService<IOptions<UserOptions>>().Value;

    public IGrainFactory Grains => _cluster!.Client;

    private Notifier Notifier => _cluster!.Silos[0].ServiceProvider.GetRequiredService<Notifier>();

    public async ValueTask InitializeAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Sessions:Passwords:Argon2MemoryKiB"] = "8192",
                    ["Sessions:Passwords:Argon2Passes"] = "1",
                    ["Sessions:Passwords:HashesPerUser"] = $"{HashesPerUser}",
                    ["Sessions:Lockout:MaxPasswordAttempts"] = $"{maxAttempts}",
                    ["Sessions:Lockout:MaxOtpAttempts"] = $"{maxAttempts}",
                    ["Sessions:Lockout:LockUser"] = $"{locksUser}",
                    ["Sessions:LoginPolicy:ForceMfa"] = $"{isStrict}",
                    ["Sessions:LoginPolicy:IgnoreUnknownUserNames"] = $"{isStrict}",
                    // With rests, the clock would have to be moved between two publications.
                    ["Sessions:Expiry:Share"] = "100",
                    // The fake clock fires every tick of every timer while a test moves it. A move by years would take minutes, so the
                    // lifetimes are short.
                    ["Sessions:Saml:Certificates:Lifetime"] = $"{CertificateLifetime}",
                    ["Sessions:Saml:Certificates:Announcement"] = $"{CertificateAnnouncement}",
                    ["Sessions:Saml:Certificates:Afterlife"] = $"{CertificateAfterlife}",
                    ["Sessions:Notifications:SmsPerDay"] = $"{SmsPerDay}",
                    ["Sessions:Notifications:EmailWebhook:Url"] = "https://email.example.com",
                    ["Sessions:Notifications:TellChanges"] = $"{tellsChanges}",
                    ["Sessions:Notifications:SmsWebhook:Url"] = "https://sms.example.com",
                    ["Sessions:WebAuthn:RelyingParties:0:Id"] = AttestedDomain,
                    ["Sessions:WebAuthn:RelyingParties:0:Attestation"] = "Direct",
                }
            )
            .Build();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.AddIncomingGrainCallFilter(call => Intercept is { } intercept ? intercept(call) : call.Invoke());
                silo.AddIncomingGrainCallFilter(LoseRecords);
                silo.AddIncomingGrainCallFilter(LoseAnswers);
                silo.Services.AddSingleton<TimeProvider>(Clock);
                silo.Services.AddSessionGrains(configuration, _ => new byte[32]);
                silo.Services.AddSingleton<MemoryStore>();
                silo.Services.AddSingleton<IUserDirectory>(services => services.GetRequiredService<MemoryStore>());
                silo.Services.AddSingleton<IIntentDirectory>(services => services.GetRequiredService<MemoryStore>());
                silo.Services.AddSingleton<ISessionDirectory>(services => services.GetRequiredService<MemoryStore>());
                silo.Services.AddSingleton<IIdRangeStore>(services => services.GetRequiredService<MemoryStore>());
                silo.Services.AddSingleton<IAuditStore>(services => services.GetRequiredService<MemoryStore>());
                silo.Services.AddSingleton<IStorageFaults>(services => services.GetRequiredService<MemoryStore>());
                silo.Services.AddKeyedSingleton<IGrainStorage>(StateNames.Provider, (services, _) =>
                    services.GetRequiredService<MemoryStore>()
                );
            }
        );
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        var services = _cluster.Silos[0].ServiceProvider;
        Store = services.GetRequiredService<MemoryStore>();
        Failures = services.GetRequiredService<FailureCounts>();
        services.GetRequiredService<InstanceAccessor>().Identity = new InstanceIdentity("instance-1", OrganizationId);
    }

    /// <summary>The counts of failures that are not in the store yet.</summary>
    public FailureCounts Failures { get; private set; } = null!;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_cluster is not null)
        {
            await _cluster.StopAllSilosAsync();
        }
    }

    private Task LoseRecords(IIncomingGrainCallContext call) =>
        call.MethodName == nameof(IUserSessionsGrain.RecordAsync) && RecordsToLose-- > 0 ? throw new TimeoutException() : call.Invoke();

    private async Task LoseAnswers(IIncomingGrainCallContext call)
    {
        var isLost =
            call.InterfaceMethod.DeclaringType == typeof(ISessionGrain)
            && call.MethodName == nameof(ISessionGrain.CreateAsync)
            && AnswersToLose-- > 0;
        try
        {
            await call.Invoke();
        }
        catch (SessionException) when (isLost)
        {
            throw new TimeoutException();
        }
    }

    /// <summary>The messages that the session's last change wrote, with their content.</summary>
    internal List<(OutboxMessage Stored, NotificationContent Content)> MessagesOf(SessionRecord session) => Open(session.Outbox);

    /// <summary>The messages that the user's last change wrote, with their content.</summary>
    internal List<(OutboxMessage Stored, NotificationContent Content)> MessagesOf(UserRecord user) => Open(user.Outbox);

    private List<(OutboxMessage Stored, NotificationContent Content)> Open(ImmutableArray<OutboxMessage>? outbox) =>
        [.. (outbox ?? []).Select(message => (message, Notifier.Open(message.Id, message.Content)))];

    /// <summary>An id or name that no other test uses.</summary>
    public static string NewName(string prefix = "user") => $"{prefix}-{Interlocked.Increment(ref s_names)}";

    public IUserGrain User(string id) => Grains.GetGrain<IUserGrain>(GrainKeys.User(id));

    internal IUserFactors Factors(string id) => Grains.GetGrain<IUserFactors>(GrainKeys.User(id));

    public ISessionGrain Session(string id) => Grains.GetGrain<ISessionGrain>(GrainKeys.Session(id));

    /// <summary>A user with a password.</summary>
    public async Task<string> NewHumanAsync(Func<NewHuman, NewHuman>? with = null, string? organizationId = null)
    {
        var id = NewName();
        await User(id).CreateAsync(NewHuman(id, with) with { OrganizationId = organizationId });
        return id;
    }

    public static CreateUser NewHuman(string name, Func<NewHuman, NewHuman>? with = null)
    {
        var human = new NewHuman
        {
            Profile = new UserProfile { GivenName = "Ada", FamilyName = "Lovelace" },
            Email = new EmailAddress($"{name}@example.com", IsVerified: true),
            Password = new NewPassword { Password = Password },
        };
        return new CreateUser { Caller = Caller.InCluster, Human = with is null ? human : with(human) };
    }

    /// <summary>A service account with roles on the instance.</summary>
    public async Task<string> NewMachineAsync(params string[] roles)
    {
        var id = NewName("machine");
        await User(id).CreateAsync(new CreateUser { Caller = Caller.InCluster, Machine = new MachineProfile("Machine") });
        if (roles.Length > 0)
        {
            await User(id).AddAdministratorAsync(Caller.InCluster, null, [.. roles]);
        }

        return id;
    }

    /// <summary>A session in which the user has proved the password.</summary>
    public async Task<string> NewSessionAsync(string userId) => (await LogInAsync(userId)).Id;

    /// <summary>A session in which the user has proved the password, and its token.</summary>
    public async Task<(string Id, string Token)> LogInAsync(string userId, TimeSpan? lifetime = null)
    {
        var id = NewName("session");
        var change = await Session(id)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks
                    {
                        User = new UserCheck { UserId = userId },
                        Password = Password,
                    },
                    Lifetime = lifetime,
                }
            );
        return (id, change.Token!);
    }

    public static Caller CallerWith(
        Permission everywhere = Permission.None,
        string? organizationId = null,
        Permission there = Permission.None
    ) =>
        new()
        {
            UserId = "caller",
            InstancePermissions = everywhere,
            OrganizationPermissions = organizationId is null ? [] : [new OrganizationPermissions(organizationId, there)],
        };

    /// <summary>A user without any role, as the caller behind a session in which a factor was just proved.</summary>
    public Caller Self(string id) => CallerWith() with { UserId = id, ProvedAt = Clock.GetUtcNow() };

    /// <summary>The error that a call fails with; <c>null</c> if it does not fail.</summary>
    public static async Task<SessionError?> ErrorOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (SessionException exception)
        {
            return exception.Error;
        }
    }

    public static async Task<SessionException> FailsAsync(SessionError error, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<SessionException>(call);
        Assert.Equal(error, exception.Error);
        return exception;
    }
}

/// <summary>Three failures from one source block the factor there.</summary>
public sealed class StrictCluster() : SessionCluster(3);

/// <summary>Three failures lock the user.</summary>
public sealed class LockingCluster() : SessionCluster(3, locksUser: true);

/// <summary>Failures never block.</summary>
public sealed class LenientCluster() : SessionCluster(0);

/// <summary>Users are notified of changes of their credentials and addresses.</summary>
public sealed class TellingCluster() : SessionCluster(0, tellsChanges: true);

/// <summary>A second factor is forced, and nobody learns which names exist.</summary>
public sealed class HardenedCluster() : SessionCluster(0, isStrict: true);

/// <summary>Three failures block, and nobody learns which names exist.</summary>
public sealed class SilentCluster() : SessionCluster(3, isStrict: true);

[CollectionDefinition(nameof(StrictCluster))]
public sealed class StrictClusterCollection : ICollectionFixture<StrictCluster>;

[CollectionDefinition(nameof(LockingCluster))]
public sealed class LockingClusterCollection : ICollectionFixture<LockingCluster>;

[CollectionDefinition(nameof(LenientCluster))]
public sealed class LenientClusterCollection : ICollectionFixture<LenientCluster>;
