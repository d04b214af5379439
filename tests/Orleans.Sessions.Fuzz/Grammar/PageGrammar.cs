using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Mutation;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Grammar;

/// <summary>
/// Makes requests that belong to no protocol: the callback of providers, descriptions, health, and paths that do not exist.
/// </summary>
public sealed class PageGrammar(Dice dice, Things things)
{
    private static readonly string[] s_paths =
    [
        "/",
        "/docs",
        "/docs/",
        "/docs/scalar.js",
        "/openapi/v2.json",
        "/openapi.v2.json",
        "/debug/healthz",
        "/debug/ready",
        "/debug/outbox",
        "/debug/pprof",
        "/logout/done",
        "/ui/v2/login/login",
        "/admin",
        "/favicon.ico",
        "/robots.txt",
        "/v2",
        "/v2/",
        "/v1/users",
        "/grpc.health.v1.Health/Check",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        "/zitadel.user.v2.UserService/Nothing",
        "/no.Such/Method",
        "/.well-known/security.txt",
        "/saml/v2/metadata.xml",
    ];

    /// <summary>The answer of a provider at the callback.</summary>
    public FuzzRequest Callback()
    {
        List<(string, string)> fields =
        [
            ("state", things.Pick(dice, Thing.IntentState) ?? "state"),
            dice.Chance(0.6) ? ("code", "code") : ("error", dice.Pick(["access_denied", "login_required", "x", Texts.Script])),
        ];
        foreach (
            var name in new[] { "iss", "error_description", "error_uri", "session_state", "user", "id_token", "scope" }.Where(_ =>
                dice.Chance(0.25)
            )
        )
        {
            fields.Add((name, dice.Chance(0.5) ? $"https://{Texts.Evil}/" : Texts.Hostile(dice)));
        }

        var form = dice.Chance(0.5) ? new Form(fields).Spoil(dice) : new Form(fields);
        return form.Send(dice, Surface.Callback, "/idps/callback", mostlyPost: dice.Chance(0.4));
    }

    /// <summary>A request for a page, or for a path that looks like one.</summary>
    public FuzzRequest Page()
    {
        var path = dice.Pick(s_paths);
        var request = new FuzzRequest(Surface.Page, dice.Pick(["GET", "GET", "GET", "POST", "HEAD"]), path);
        return path.StartsWith("/grpc", StringComparison.Ordinal) && dice.Chance(0.7)
            ? request with
            {
                Verb = "POST",
                Headers =
                [
                    (
                        "Content-Type",
                        dice.Pick(["application/grpc-web", "application/connect+proto", "application/json", "application/grpc"])
                    ),
                ],
                Body = dice.Chance(0.5) ? Frames.Of(dice.Bytes(dice.Below(30))) : Frames.Spoil(dice, dice.Bytes(dice.Below(30))),
            }
            : HttpMutator.Spoil(dice, request);
    }
}
