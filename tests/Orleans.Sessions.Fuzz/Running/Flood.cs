using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Grammar;
using Orleans.Sessions.Fuzz.Journeys;
using Orleans.Sessions.Fuzz.Oracle;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Running;

/// <summary>
/// Floods a service with low limits. The flooding source must be refused, with the time to wait. Other sources, known callers, and
/// users of the login frontend must notice nothing.
/// </summary>
public static class Flood
{
    private const int Requests = 300;

    /// <summary>After this many guesses, which is below the limit, a good token is used once, so that it is known afterwards.</summary>
    private const int KnownFrom = 10;

    /// <summary>A slow machine may get several requests back meanwhile.</summary>
    private const int MostReturned = 20;

    private const string Flooder = "203.0.113.9";
    private const string Somebody = "203.0.113.10";

    private static readonly TimeSpan s_lostAfter = TimeSpan.FromSeconds(60);

    public static async Task<FuzzReport> RunAsync(FuzzDatabase database, long seed)
    {
        await using var host = await FuzzHost.StartAsync(
            database,
            ("Enabled", "true"),
            ("Failures__Burst", "40"),
            ("Failures__PerMinute", "40"),
            ("Visits__Burst", "80"),
            ("Visits__PerMinute", "80")
        );
        using var world = await FuzzWorld.SettleAsync(host);
        using var wires = new Wires(host.Process.Address, s_lostAfter);
        var report = new FuzzReport(
            $"{database} with low limits, seed {seed}",
            host.Process.Address,
            Recipe.OfRun(database, seed, " --limits")
        );

        async Task<Exchange> SendAsync(Caller caller, FuzzRequest request, string from)
        {
            var exchange = new Exchange(caller, request, await wires.SendAsync(request.Replace("X-Forwarded-For", from)), 0);
            List<Finding> findings = [.. Answers.Judge(exchange)];
            if (exchange.Reply.Kind == 429 && exchange.Reply.Header("retry-after") is null)
            {
                findings.Add(new Finding(Fault.Limit, "refused without the time to wait", exchange));
            }

            report.Count(exchange, findings);
            return exchange;
        }

        // The limit gives back one request about each second, which may be just now.
        async Task<Exchange> UntilRefusedAsync(Func<FuzzRequest> request)
        {
            var exchange = await SendAsync(world.Nobody, request(), Flooder);
            for (var i = 0; i < MostReturned && exchange.Reply.Kind != 429; i++)
            {
                exchange = await SendAsync(world.Nobody, request(), Flooder);
            }

            return exchange;
        }

        void Expect(Exchange exchange, bool isRefused, string what)
        {
            if (exchange.Reply.Kind == 429 != isRefused)
            {
                report.Add(new Finding(Fault.Limit, $"{what}: {exchange.Reply}", exchange));
            }
        }

        var users = Operation.Named("ListUsers");
        for (var i = 0; i < Requests; i++)
        {
            var dice = Dice.Of(seed, i);
            await SendAsync(world.Nobody, Visit(dice, world), Flooder);
            await SendAsync(world.Nobody, Contract.Requests.Rest(users, []).By(dice.Name("guess")), Flooder);
            if (i == KnownFrom)
            {
                await SendAsync(world.Owner, Contract.Requests.Rest(users, []).By(world.Owner.Token), Flooder);
            }
        }

        Expect(
            await UntilRefusedAsync(() => new FuzzRequest(Surface.OAuth, "GET", "/oauth/v2/authorize")),
            isRefused: true,
            "who flooded the pages"
        );
        Expect(await UntilRefusedAsync(() => Contract.Requests.Rest(users, []).By("guess")), isRefused: true, "who guessed tokens");
        Expect(
            await SendAsync(world.Owner, Contract.Requests.Rest(users, []).By(world.Owner.Token), Flooder),
            isRefused: false,
            "who is known"
        );
        Expect(
            await SendAsync(world.Nobody, new FuzzRequest(Surface.OAuth, "GET", "/oauth/v2/authorize"), Somebody),
            isRefused: false,
            "who comes from elsewhere"
        );
        for (var i = 0; i < Travels.All.Count; i++)
        {
            var dice = Dice.Of(seed, Requests + i);
            var traveller = new Traveller(world, dice, isPlain: true, (caller, request, _, _) => SendAsync(caller, request, Somebody));
            await WalkAsync(Travels.All[i], traveller, report);
        }

        return report;
    }

    private static FuzzRequest Visit(Dice dice, FuzzWorld world) =>
        dice.Below(3) switch
        {
            0 => new OAuthGrammar(dice, world.All).Make() with { Verb = "GET", Target = "/oauth/v2/authorize?client_id=x" },
            1 => new SamlGrammar(dice, world.All, FuzzWorld.EntityId, world.Origin).Make(),
            _ => new PageGrammar(dice, world.All).Callback(),
        };

    private static async Task WalkAsync((string Name, Func<Traveller, Task> Walk) journey, Traveller traveller, FuzzReport report)
    {
        try
        {
            await journey.Walk(traveller);
            report.Count(journey.Name, isReached: true);
        }
        catch (JourneyEndedException exception)
        {
            report.Count(journey.Name, isReached: false);
            report.Add(new Finding(Fault.BrokenJourney, $"{journey.Name}: {exception.Message}", exception.Exchange));
        }
    }
}
