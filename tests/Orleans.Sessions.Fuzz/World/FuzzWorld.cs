using System.Buffers;
using Orleans.Sessions.Fuzz.Generation;

namespace Orleans.Sessions.Fuzz.World;

/// <summary>
/// The objects of the fuzzed service. There are callers of every kind. There are protected users and things that no caller may change, and
/// whose private texts and secrets only callers with the right may see. There are also unprotected objects of each kind, to which callers
/// with the right may do anything.
/// </summary>
public sealed class FuzzWorld : IDisposable
{
    /// <summary>A mark in private texts of the protected user. Only administrators and the login frontend may see it.</summary>
    public const string PersonMark = "mark0fperson";

    /// <summary>A mark in private texts of the owner among the managed users.</summary>
    public const string BossMark = "mark0fboss";

    /// <summary>The entity id of the service provider that users log in to. It is protected, like the client.</summary>
    public const string EntityId = "https://sp.example/protected";

    private const string ProviderSecret = "upstream-client-secret-7f3a";

    private readonly List<string> _secrets = [Settler.TotpSecret, ProviderSecret];
    private readonly Dictionary<string, Caller> _callers = [];

    private FuzzWorld(Service service, string origin, OidcStub upstream)
    {
        (Service, Origin, Settler, Upstream) = (service, origin, new Settler(service), upstream);
        Secrets = SearchValues.Create([], StringComparison.Ordinal);
        Known = new Things();
        All = new Things(Known);
    }

    /// <summary>The public origin of the service.</summary>
    public string Origin { get; }

    public Service Service { get; }

    public Settler Settler { get; }

    /// <summary>The provider that users log in at.</summary>
    public OidcStub Upstream { get; }

    public string UpstreamId { get; private set; } = "";

    /// <summary>The client that users log in to.</summary>
    public (string Id, string Secret) Client { get; private set; }

    public Watcher Watcher { get; private set; } = null!;

    /// <summary>Texts that no answer may contain.</summary>
    public SearchValues<string> Secrets { get; private set; }

    /// <summary>Names of objects that callers with the right may change.</summary>
    public Things Known { get; }

    /// <summary>Those names, and the names of protected objects.</summary>
    public Things All { get; }

    public IReadOnlyList<Caller> Callers => [.. _callers.Values];

    public Caller Nobody => _callers["nobody"];

    public Caller LoginClient => _callers["login client"];

    public Caller Owner => _callers["owner"];

    /// <summary>Fills a newly installed service.</summary>
    public static async Task<FuzzWorld> SettleAsync(FuzzHost host)
    {
        var world = new FuzzWorld(new Service(host.Process.Address, host.Process.AdminToken), host.Origin, host.Upstream);
        await world.SettleAsync();
        return world;
    }

    public void Dispose() => Service.Dispose();

    /// <summary>Restores callers that were locked out, by others with the right to do so or by themselves.</summary>
    public async Task ReviveAsync()
    {
        foreach (var caller in Callers.Where(caller => caller.Token is not null && caller.Kind > CallerKind.BadToken))
        {
            if (await Service.StatusAsync($"/v2/users/{caller.UserId}", caller.Token!) is 401 or 403 or 404)
            {
                await SettleCallerAsync(caller.Name);
            }
        }
    }

    private async Task SettleAsync()
    {
        var person = await Settler.HumanAsync(Settler.Others, PersonMark);
        var boss = await Settler.HumanAsync(Settler.Managed, BossMark);
        await Settler.GrantAsync(boss.Id, new { instance = true }, "IAM_OWNER");
        var machine = await Settler.MachineAsync(Settler.Others, "IAM_OWNER_VIEWER");
        var session = await Settler.SessionAsync(person.Id, PersonMark);
        Client = await Settler.ClientAsync("protected");
        var provider = await Settler.ServiceProviderAsync(EntityId);
        UpstreamId = await Settler.ProviderAsync(Upstream.Issuer, ProviderSecret);
        _secrets.AddRange([machine.Token, session.Token, Client.Secret, Service.Token]);
        All.Keep(Thing.User, person.Id)
            .Keep(Thing.User, boss.Id)
            .Keep(Thing.User, machine.Id)
            .Keep(Thing.LoginName, person.LoginName)
            .Keep(Thing.LoginName, boss.LoginName)
            .Keep(Thing.Session, session.Id)
            .Keep(Thing.Client, Client.Id)
            .Keep(Thing.ClientSecret, Client.Secret)
            .Keep(Thing.ServiceProvider, provider)
            .Keep(Thing.Provider, UpstreamId)
            .Keep(Thing.Organization, Settler.Others);

        List<string> users = [];
        foreach (var organization in new[] { Settler.Managed, Settler.Others })
        {
            var human = await Settler.HumanAsync(organization, "common");
            users.AddRange([human.Id, (await Settler.MachineAsync(organization)).Id]);
            Known.Keep(Thing.LoginName, human.LoginName);
        }

        var open = await Settler.SessionAsync(users[0], "common");
        var client = await Settler.ClientAsync("common");
        var common = (
            Provider: await Settler.ServiceProviderAsync("https://sp.example/common"),
            Upstream: await Settler.ProviderAsync(Upstream.Issuer, "secret")
        );
        users.ForEach(id => Known.Keep(Thing.User, id));
        Known
            .Keep(Thing.Organization, Settler.Managed)
            .Keep(Thing.Session, open.Id)
            .Keep(Thing.SessionToken, open.Token)
            .Keep(Thing.Client, client.Id)
            .Keep(Thing.ClientSecret, client.Secret)
            .Keep(Thing.ServiceProvider, common.Provider)
            .Keep(Thing.Provider, common.Upstream);
        Watcher = new Watcher(
            Service,
            new([person.Id, boss.Id, machine.Id], users),
            new([session.Id], [open.Id]),
            [Client.Id],
            [provider],
            [UpstreamId]
        );

        foreach (
            var name in new[]
            {
                "nobody",
                "bad token",
                "forged token",
                "ended session",
                "ordinary user",
                "ordinary machine",
                "manager",
                "user manager",
                "login client",
                "owner",
            }
        )
        {
            await SettleCallerAsync(name);
        }
    }

    private async Task SettleCallerAsync(string name)
    {
        var caller = await NewCallerAsync(name);
        _callers[name] = caller;
        if (caller is { Token: not null, Kind: CallerKind.Owner or CallerKind.LoginClient })
        {
            _secrets.Add(caller.Token);
        }

        Secrets = SearchValues.Create([.. _secrets], StringComparison.Ordinal);
    }

    private async Task<Caller> NewCallerAsync(string name)
    {
        var harmful = new Things(All, isAttackers: true);
        switch (name)
        {
            case "nobody":
                return new Caller(name, CallerKind.Nobody, null, "", harmful);
            case "bad token":
                return new Caller(name, CallerKind.BadToken, "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiIxIn0.", "", harmful);
            case "forged token":
                var middle = Service.Token.Length / 2;
                return new Caller(
                    name,
                    CallerKind.BadToken,
                    $"{Service.Token[..middle]}{(Service.Token[middle] == 'a' ? 'b' : 'a')}{Service.Token[(middle + 1)..]}",
                    "",
                    harmful
                );
            case "ended session":
                var gone = await Settler.SessionAsync((await Settler.HumanAsync(Settler.Others, "gone")).Id, "gone");
                await Service.CallAsync(HttpMethod.Delete, $"/v2/sessions/{gone.Id}");
                return new Caller(name, CallerKind.BadToken, gone.Token, "", harmful);
            case "ordinary user":
                var human = await Settler.HumanAsync(Settler.Others, "ordinary");
                var session = await Settler.SessionAsync(human.Id, "ordinary");
                return new Caller(
                    name,
                    CallerKind.Ordinary,
                    session.Token,
                    human.Id,
                    harmful.Keep(Thing.User, human.Id).Keep(Thing.Session, session.Id).Keep(Thing.SessionToken, session.Token)
                )
                {
                    Sessions = { session.Id },
                };
            case "ordinary machine":
                return await MachineAsync(name, CallerKind.Ordinary, harmful, Settler.Others);
            case "manager":
                return await MachineAsync(name, CallerKind.Manager, harmful, Settler.Managed, organizationRole: "ORG_OWNER");
            case "user manager":
                return await MachineAsync(name, CallerKind.Manager, harmful, Settler.Managed, organizationRole: "ORG_USER_MANAGER");
            case "login client":
                return await MachineAsync(name, CallerKind.LoginClient, new Things(Known), Settler.Others, "IAM_LOGIN_CLIENT");
            default:
                return await MachineAsync(name, CallerKind.Owner, new Things(Known), Settler.Others, "IAM_OWNER");
        }
    }

    private async Task<Caller> MachineAsync(
        string name,
        CallerKind kind,
        Things targets,
        string organization,
        string? instanceRole = null,
        string? organizationRole = null
    )
    {
        var (id, token) = await Settler.MachineAsync(organization, instanceRole, organizationRole);
        return new Caller(name, kind, token, id, targets.Keep(Thing.User, id));
    }
}
