using System.Text.Json.Nodes;
using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Grammar;
using Orleans.Sessions.Fuzz.Mutation;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Running;

/// <summary>A single request, and its sender.</summary>
public sealed record Aim(Caller Caller, FuzzRequest Request, Meaning? Meaning, string? Operation);

/// <summary>Chooses single requests: caller, method, surface, and fault.</summary>
public static class Aims
{
    /// <summary>A caller with more rights is chosen more often, because its requests get further.</summary>
    private static readonly (int Weight, string Choice)[] s_callers =
    [
        (34, "owner"),
        (14, "login client"),
        (14, "manager"),
        (6, "user manager"),
        (16, "ordinary user"),
        (6, "ordinary machine"),
        (3, "nobody"),
        (2, "bad token"),
        (3, "forged token"),
        (2, "ended session"),
    ];

    /// <summary>Closing an organization would take away people whom the run watches. Tests of organizations do that.</summary>
    private static readonly IReadOnlyList<Operation> s_operations =
    [
        .. Operation.All.Where(operation => operation.Name is not ("DeactivateOrganization" or "DeleteOrganization")),
    ];

    public static Aim Next(Dice dice, FuzzWorld world) =>
        dice.Below(100) switch
        {
            < 72 => OfContract(dice, world),
            < 84 => Of(world, new OAuthGrammar(dice, world.All).Make(), dice),
            < 91 => Of(world, new SamlGrammar(dice, world.All, FuzzWorld.EntityId, world.Origin).Make(), dice),
            < 95 => Of(world, new PageGrammar(dice, world.All).Callback(), dice),
            _ => Of(world, new PageGrammar(dice, world.All).Page(), dice),
        };

    private static Aim Of(FuzzWorld world, FuzzRequest request, Dice dice) =>
        new(world.Nobody, dice.Chance(0.2) ? HttpMutator.Spoil(dice, request) : request, null, null);

    private static Aim OfContract(Dice dice, FuzzWorld world)
    {
        var name = dice.Pick(s_callers);
        var caller = world.Callers.Single(caller => caller.Name == name);
        var operation = dice.Pick(s_operations);
        var message = new MessageMaker(dice, caller.Targets).Make(operation.Method.InputType);
        var (request, isSpoilt) = dice.Below(10) switch
        {
            < 5 when operation.Verb.Length > 0 => Rest(dice, operation, message),
            < 7 => Connect(dice, operation, message),
            7 => GrpcWeb(dice, operation, message),
            _ => Grpc(dice, operation, message),
        };
        request = request.By(caller.Token);
        if (dice.Chance(0.12))
        {
            (request, isSpoilt) = (HttpMutator.Spoil(dice, request), true);
        }

        return new Aim(caller, request, isSpoilt ? null : new Meaning(operation.Name, message), operation.Name);
    }

    private static (FuzzRequest Request, bool IsSpoilt) Rest(Dice dice, Operation operation, JsonObject message)
    {
        var request = Requests.Rest(operation, message);
        return request.Body is not null && dice.Chance(0.4)
            ? (request with { Body = JsonMutator.Spoil(dice, message) }, true)
            : (request, false);
    }

    private static (FuzzRequest Request, bool IsSpoilt) Connect(Dice dice, Operation operation, JsonObject message)
    {
        if (dice.Chance(0.4) && Requests.Binary(operation.Method.InputType, message) is { } binary)
        {
            return dice.Chance(0.5)
                ? (Requests.ConnectProto(operation, BinaryMutator.Spoil(dice, binary)), true)
                : (Requests.ConnectProto(operation, binary), false);
        }

        var request = Requests.Connect(operation, message);
        return dice.Chance(0.4) ? (request with { Body = JsonMutator.Spoil(dice, message) }, true) : (request, false);
    }

    private static (FuzzRequest Request, bool IsSpoilt) Grpc(Dice dice, Operation operation, JsonObject message)
    {
        var (frames, isSpoilt) = Framed(dice, operation, message);
        var request = Requests.Grpc(operation, frames);
        return (
            isSpoilt && dice.Chance(0.3) ? request.With("grpc-encoding", dice.Pick(["gzip", "deflate", "identity", "br"])) : request,
            isSpoilt
        );
    }

    private static (FuzzRequest Request, bool IsSpoilt) GrpcWeb(Dice dice, Operation operation, JsonObject message)
    {
        var (frames, isSpoilt) = Framed(dice, operation, message);
        return (Requests.GrpcWeb(operation, frames, isText: dice.Chance(0.3)), isSpoilt);
    }

    private static (byte[] Frames, bool IsSpoilt) Framed(Dice dice, Operation operation, JsonObject message) =>
        Requests.Binary(operation.Method.InputType, message) is not { } binary
            ? (Frames.Of(dice.Bytes(dice.Below(60))), true)
            : dice.Below(10) switch
            {
                < 5 => (Frames.Of(binary), false),
                < 8 => (Frames.Of(BinaryMutator.Spoil(dice, binary)), true),
                _ => (Frames.Spoil(dice, binary), true),
            };
}
