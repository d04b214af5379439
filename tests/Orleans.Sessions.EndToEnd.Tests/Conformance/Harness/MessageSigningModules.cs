using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>
/// The modules of FAPI 2.0 message signing: those of the security profile for a client that signs all its requests, and those about its
/// request objects. Answers are not signed.
/// </summary>
public static class MessageSigningModules
{
    private const string InvalidObject = "invalid_request_object";
    private const string UnsignedHeader = """{"alg":"none","typ":"oauth-authz-req+jwt"}""";

    /// <summary>The modules, those of the security profile first.</summary>
    public static IReadOnlyList<ConformanceModule> All { get; } =
    [
        .. Fapi2Modules.Signing,
        Module("ensure-request-object-with-multiple-aud-succeeds", fapi =>
            IsTakenAsync(fapi, ("aud", new JsonArray(fapi.Login.Issuer, "https://elsewhere.example")))
        ),
        Module("ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted", fapi => IsTakenAsync(fapi, ("nbf", Jwt.Now + 8))),
        Module("ensure-request-object-without-exp-fails", fapi => IsRefusedAsync(fapi, ("exp", null))),
        Module("ensure-request-object-without-nbf-fails", fapi => IsRefusedAsync(fapi, ("nbf", null))),
        Module("ensure-expired-request-object-fails", fapi => IsRefusedAsync(fapi, ("nbf", Jwt.Now - 600), ("exp", Jwt.Now - 300))),
        Module("ensure-request-object-with-bad-aud-fails", fapi => IsRefusedAsync(fapi, ("aud", "https://elsewhere.example"))),
        Module("ensure-request-object-with-exp-over-60-fails", fapi => IsRefusedAsync(fapi, ("exp", Jwt.Now + 4200))),
        Module("ensure-request-object-with-nbf-over-60-fails", fapi => IsRefusedAsync(fapi, ("nbf", Jwt.Now - 4200))),
        Module("ensure-signed-request-object-with-RS256-fails", WeakAlgorithmAsync),
        Module("ensure-request-object-signature-algorithm-is-not-none", WithoutSignatureAsync),
        Module("ensure-request-object-with-invalid-signature-fails", WrongSignatureAsync),
        Module("ensure-matching-key-in-authorization-request", OtherKeyAsync),
        Module("ensure-unsigned-request-at-par-endpoint-fails", UnsignedAsync),
        Module("par-authorization-request-containing-request_uri", fapi =>
            IsRefusedAsync(fapi, ("request_uri", "urn:ietf:params:oauth:request_uri:one"))
        ),
    ];

    private static ConformanceModule Module(string name, Func<FapiClient, Task> runAsync) =>
        Fapi2Modules.Module(name, runAsync, isPlain: false, isSigning: true);

    private static async Task IsTakenAsync(FapiClient fapi, params (string Name, JsonNode? Value)[] claims) =>
        await fapi.CheckedAsync(await fapi.RedeemAsync(await fapi.CodeOfAsync(await fapi.PushSignedAsync(claims))));

    /// <summary>The object is good without these claims, and is refused with them.</summary>
    private static async Task IsRefusedAsync(FapiClient fapi, params (string Name, JsonNode? Value)[] claims)
    {
        (await fapi.PushAsync()).Expect(201);

        (await fapi.PushSignedAsync(claims)).ExpectOAuth(400, InvalidObject);
    }

    private static async Task WeakAlgorithmAsync(FapiClient fapi)
    {
        using var key = new RequestKey();
        var request = key.SignAs("RS256", "oauth-authz-req+jwt", fapi.Client, ("nbf", Jwt.Now));

        var refused = (await fapi.PushObjectAsync(key: null, request)).ExpectOAuth(400, InvalidObject);

        Assert.Contains("PS256, ES256", refused.Text("error_description"), StringComparison.Ordinal);
    }

    private static async Task WithoutSignatureAsync(FapiClient fapi)
    {
        var claims = fapi.RequestObject(null).Split('.')[1];

        var request = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(UnsignedHeader))}.{claims}.";

        (await fapi.PushObjectAsync(key: null, request)).ExpectOAuth(400, InvalidObject);
    }

    private static async Task WrongSignatureAsync(FapiClient fapi)
    {
        var request = fapi.RequestObject(null);
        var signature = request.LastIndexOf('.') + 1;

        var changed = $"{request[..signature]}{(request[signature] == 'A' ? 'B' : 'A')}{request[(signature + 1)..]}";

        (await fapi.PushObjectAsync(key: null, changed)).ExpectOAuth(400, InvalidObject);
    }

    private static async Task OtherKeyAsync(FapiClient fapi)
    {
        using var other = new ProofKey();

        (await fapi.PushObjectAsync(key: null, fapi.RequestObject(other))).ExpectOAuth(400, InvalidObject);
    }

    private static async Task UnsignedAsync(FapiClient fapi) => (await fapi.PushUnsignedAsync()).ExpectOAuth(400, "invalid_request");
}
