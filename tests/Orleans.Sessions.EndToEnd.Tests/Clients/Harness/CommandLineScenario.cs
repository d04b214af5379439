using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.Clients.Harness;

/// <summary>
/// A call from a shell: a method of the session service with its request in JSON. Returns the response or throws a
/// <see cref="RefusedException"/>.
/// </summary>
public delegate Task<JsonNode> CommandLineCall(string method, JsonObject request, string token);

/// <summary>A call that was refused.</summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal => refusal;
}

/// <summary>The scenario for programs that send and print JSON.</summary>
internal static class CommandLineScenario
{
    public static async Task RunAsync(Api admin, CommandLineCall call)
    {
        var human = await admin.NewHumanAsync(withTotp: true);
        var byAdmin = admin.Token!;

        var created = await call(
            "CreateSession",
            Json(new { checks = new { user = new { loginName = human.LoginName } }, lifetime = "600s" }),
            byAdmin
        );
        var (sessionId, sessionToken) = ((string)created["sessionId"]!, (string)created["sessionToken"]!);
        var wrong = await FailureAsync(
            call(
                "SetSession",
                Json(
                    new
                    {
                        sessionId,
                        sessionToken,
                        checks = new { password = new { password = "wrong" } },
                    }
                ),
                byAdmin
            )
        );
        var checks = new { password = new { password = human.Password }, totp = new { code = TotpCode.Now(human.TotpSecret) } };
        var proved = await call(
            "SetSession",
            Json(
                new
                {
                    sessionId,
                    sessionToken,
                    checks,
                }
            ),
            byAdmin
        );
        var newToken = (string)proved["sessionToken"]!;
        var listed = await call(
            "ListSessions",
            Json(new { queries = new[] { new { idsQuery = new { ids = new[] { sessionId } } } } }),
            byAdmin
        );
        var factors = (await call("GetSession", Json(new { sessionId }), newToken))["session"]!["factors"]!;
        await call("DeleteSession", Json(new { sessionId, sessionToken = newToken }), byAdmin);
        var gone = await FailureAsync(call("GetSession", Json(new { sessionId }), byAdmin));

        new ClientResult(
            sessionId,
            wrong,
            newToken != sessionToken,
            Sequence(proved) > Sequence(created),
            [.. listed["sessions"]!.AsArray().Select(session => (string)session!["id"]!)],
            (string)factors["user"]!["loginName"]!,
            factors["password"] is not null,
            factors["totp"] is not null,
            gone
        ).Check(human);
    }

    private static JsonObject Json(object request) => JsonSerializer.SerializeToNode(request)!.AsObject();

    private static long Sequence(JsonNode response) => long.Parse((string)response["details"]!["sequence"]!, CultureInfo.InvariantCulture);

    private static async Task<Refusal> FailureAsync(Task<JsonNode> call) =>
        (await Assert.ThrowsAsync<RefusedException>(() => call)).Refusal;
}
