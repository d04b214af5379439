using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Grammar;
using Orleans.Sessions.Fuzz.Mutation;
using Orleans.Sessions.Fuzz.Oracle;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Journeys;

/// <summary>A step of a journey was refused, so the journey ends.</summary>
public sealed class JourneyEndedException(string step, Exchange exchange) : Exception($"{step}: {exchange.Reply} {exchange.Reply.Text}")
{
    public Exchange Exchange => exchange;
}

/// <summary>
/// Walks through sequences of valid requests. Unless the journey is plain, a caller without the right may try each step before, and the
/// step may be spoilt. This also attacks states that only a long series of valid steps reaches.
/// </summary>
/// <param name="world">The world of the journey.</param>
/// <param name="dice">Decides what happens on the way.</param>
/// <param name="isPlain">Whether nothing extra happens on the way.</param>
/// <param name="send">Sends a request and judges the answer.</param>
public sealed class Traveller(FuzzWorld world, Dice dice, bool isPlain, Func<Caller, FuzzRequest, Meaning?, bool, Task<Exchange>> send)
{
    private const double Trouble = 0.12;

    public FuzzWorld World => world;

    public Dice Dice => dice;

    /// <summary>A step that calls the contract, on any surface. Returns the answer as JSON.</summary>
    /// <param name="caller">The caller who has the right to take it.</param>
    /// <param name="operation">The method's name.</param>
    /// <param name="message">The request message, with JSON names.</param>
    /// <param name="isForEverybody">Whether every ordinary user may take it too.</param>
    public async Task<JsonObject> CallAsync(Caller caller, string operation, object message, bool isForEverybody = false)
    {
        var method = Operation.Named(operation);
        var json = JsonSerializer.SerializeToNode(message)!.AsObject();
        if (!isPlain && dice.Chance(Trouble))
        {
            var other = dice.Pick(
                (IReadOnlyList<Caller>)
                    [.. world.Callers.Where(other => other.Kind <= (isForEverybody ? CallerKind.BadToken : CallerKind.Ordinary))]
            );
            await send(other, Request(method, json).By(other.Token), new Meaning(operation, json), true);
        }

        if (!isPlain && dice.Chance(Trouble))
        {
            await send(caller, Spoilt(method, json).By(caller.Token), null, false);
        }

        var exchange = await send(caller, Request(method, json).By(caller.Token), new Meaning(operation, json), false);
        if (!exchange.Reply.IsSuccess)
        {
            throw new JourneyEndedException(operation, exchange);
        }

        return exchange.Request.Surface is Surface.Grpc || exchange.Request.Headers.Any(header => header.Value == "application/proto")
            ? JsonNode.Parse(JsonFormatter.Default.Format(method.Method.OutputType.Parser.ParseFrom(exchange.Reply.Body)))!.AsObject()
            : exchange.Reply.Json ?? [];
    }

    /// <summary>A step of a browser or of a client, with parameters.</summary>
    public async Task<FuzzReply> VisitAsync(
        Surface surface,
        string path,
        bool isPost,
        (string Name, string Value)[] fields,
        string? authorization = null
    )
    {
        var form = new Form(fields);
        FuzzRequest With(Form values)
        {
            var request = isPost ? values.Post(surface, path) : values.Get(surface, path);
            return authorization is null ? request : request.With("Authorization", authorization);
        }

        if (!isPlain && dice.Chance(Trouble))
        {
            await send(world.Nobody, dice.Chance(0.6) ? With(form.Spoil(dice)) : HttpMutator.Spoil(dice, With(form)), null, false);
        }

        var exchange = await send(world.Nobody, With(form), null, false);
        return exchange.Reply.IsSuccess || exchange.Reply.IsRedirect ? exchange.Reply : throw new JourneyEndedException(path, exchange);
    }

    /// <summary>A parameter of a URL. It must be present.</summary>
    public static string Parameter(string? address, string name)
    {
        foreach (var pair in (address ?? "").Split(['?', '#', '&']).Skip(1).Select(pair => pair.Split('=', 2)))
        {
            if (pair[0] == name)
            {
                return Uri.UnescapeDataString(pair[^1].Replace('+', ' '));
            }
        }

        throw new InvalidOperationException($"No {name} in {address}.");
    }

    private FuzzRequest Request(Operation operation, JsonObject message) =>
        Binary(operation, message) is { } binary && !isPlain
            ? dice.Below(5) switch
            {
                0 => Requests.Grpc(operation, Frames.Of(binary)),
                1 => Requests.ConnectProto(operation, binary),
                2 => Requests.Connect(operation, message),
                _ => Rest(operation, message),
            }
            : Rest(operation, message);

    private FuzzRequest Spoilt(Operation operation, JsonObject message) =>
        dice.Below(4) switch
        {
            0 => HttpMutator.Spoil(dice, Rest(operation, message)),
            1 when Binary(operation, message) is { } binary => Requests.Grpc(
                operation,
                dice.Chance(0.5) ? Frames.Spoil(dice, binary) : Frames.Of(BinaryMutator.Spoil(dice, binary))
            ),
            2 => Requests.Connect(operation, message) with { Body = JsonMutator.Spoil(dice, message) },
            _ => Rest(operation, message) is { Body: not null } request
                ? request with
                {
                    Body = JsonMutator.Spoil(dice, message),
                }
                : HttpMutator.Spoil(dice, Rest(operation, message)),
        };

    private static FuzzRequest Rest(Operation operation, JsonObject message) =>
        operation.Verb.Length == 0 ? Requests.Connect(operation, message) : Requests.Rest(operation, message);

    private static byte[]? Binary(Operation operation, JsonObject message) => Requests.Binary(operation.Method.InputType, message);
}
