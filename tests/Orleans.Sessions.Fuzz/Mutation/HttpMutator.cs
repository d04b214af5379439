using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Wire;

namespace Orleans.Sessions.Fuzz.Mutation;

/// <summary>Spoils the surroundings of a message: verb, path, query, headers, and the length of the body.</summary>
public static class HttpMutator
{
    /// <summary>A host for forwarding headers of proxies. Where these headers count, it counts as the service's own host.</summary>
    public const string Forwarded = "forwarded.example";

    private static readonly string[] s_verbs =
    [
        "GET",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "HEAD",
        "OPTIONS",
        "TRACE",
        "CONNECT",
        "get",
        "PROPFIND",
        "X",
    ];

    private static readonly string[] s_contentTypes =
    [
        "text/plain",
        "application/json; charset=utf-16",
        "application/json;charset=\"",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/grpc",
        "application/grpc+json",
        "application/proto",
        "application/connect+json",
        "application/grpc-web",
        "*/*",
        "",
        "json",
        "application/json, application/json",
    ];

    private static readonly (string Name, string Value)[] s_headers =
    [
        ("Accept", "text/html"),
        ("Accept-Encoding", "gzip;q=x"),
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "gzip"),
        ("Expect", "100-continue"),
        ("Expect", "x"),
        ("Range", "bytes=0-1"),
        ("If-None-Match", "*"),
        ("Origin", $"https://{Texts.Evil}"),
        ("Origin", "null"),
        ("Access-Control-Request-Method", "POST"),
        ("Cookie", "a=b; a=c"),
        ("X-Request-Id", "a b"),
        ("Idempotency-Key", ""),
        ("Idempotency-Key", "a\u00FFb"),
        ("Idempotency-Key", "same"),
        ("X-Expected-Sequence", "-1"),
        ("X-Expected-Sequence", "x"),
        ("x-zitadel-orgid", "nowhere"),
        ("x-zitadel-orgid", ""),
        ("X-HTTP-Method-Override", "DELETE"),
        ("X-Forwarded-For", "not an address"),
        ("X-Forwarded-For", "1.2.3.4, 5.6.7.8"),
        ("X-Forwarded-Proto", "javascript"),
        ("X-Forwarded-Host", Forwarded),
        ("X-Forwarded-Host", "\u00E9"),
        ("X-Forwarded-Host", "a b"),
        ("X-Forwarded-Host", "a:99999"),
        ("X-Zitadel-Public-Host", Forwarded),
        ("X-Zitadel-Public-Host", "\u00C3\u00A9"),
        ("X-Zitadel-Public-Host", "[::1"),
        ("X-Zitadel-Public-Host", ""),
        ("X-Zitadel-Instance-Host", "\u00C3\u00A9"),
        ("Forwarded", $"host={Forwarded};proto=https"),
        ("Forwarded", "host=\"\u00C3\u00A9\""),
        ("Forwarded", "host=;=;\""),
        ("Forwarded", "host=%"),
        ("Via", "\u0001"),
        ("grpc-timeout", "1n"),
        ("grpc-timeout", "99999999H"),
        ("grpc-timeout", "-1S"),
        ("grpc-timeout", "1000000000S"),
        ("grpc-encoding", "gzip"),
        ("grpc-encoding", "deflate"),
        ("grpc-encoding", "br"),
        ("grpc-accept-encoding", "x"),
        ("connect-timeout-ms", "1"),
        ("connect-timeout-ms", "x"),
        ("connect-timeout-ms", "99999999999999999999"),
        ("connect-protocol-version", "2"),
        ("connect-content-encoding", "gzip"),
        ("x-user-agent", "\u00FF"),
        ("x-bin-bin", "%%%"),
        ("Accept-Language", "de-\u00E9;q=9"),
        ("User-Agent", Texts.Script),
        ("Prefer", "count=exact"),
    ];

    private static readonly string[] s_parameters =
    [
        "a[]=1",
        "%",
        "=",
        "&&&",
        "a=%zz",
        "a=%00",
        "a=%ED%A0%80",
        "query.offset=-1",
        "query.limit=x",
        "ctx.instance=maybe",
        "a.b.c.d=1",
    ];

    private static readonly string[] s_segments =
    [
        "%00",
        "%ff%fe",
        "%ED%A0%80",
        "..",
        "%2e%2e",
        "%0d%0aX-Injected:1",
        "*",
        "%25",
        "{id}",
        "a%2Fb",
    ];

    /// <summary>The request with one fault.</summary>
    public static FuzzRequest Spoil(Dice dice, FuzzRequest request) =>
        dice.Below(12) switch
        {
            0 => request with { Verb = dice.Pick(s_verbs) },
            1 or 2 => request with { Target = SpoilTarget(dice, request.Target) },
            3 => request.Replace("Content-Type", dice.Pick(s_contentTypes)),
            4 => Authorization(dice, request),
            5 => request.Replace(
                "Host",
                dice.Pick([
                    "\u00C3\u00A9.example",
                    "\u00E9",
                    "",
                    "a b",
                    "[::1",
                    Forwarded,
                    "localhost:99999",
                    "a/b",
                    new string('a', 5000),
                    "..",
                    "127.0.0.1:0",
                ])
            ),
            6 => request.With(dice.Pick(["X-Huge", "Cookie", "Referer"]), new string('a', dice.Pick([5_000, 20_000, 40_000]))),
            7 when request.Body is { Length: > 0 } body => request with { CutAt = dice.Below(body.Length) },
            8 when request.Body is { } body => request.Replace(
                "Content-Length",
                dice.Pick([$"{body.Length + 5}", "-1", "x", "99999999999999999999", $"{body.Length}, {body.Length}", "3000000"])
            ) with
            {
                CutAt = body.Length,
            },
            9 => request with { Headers = [.. request.Headers, .. request.Headers] },
            _ => Header(dice, request),
        };

    private static FuzzRequest Header(Dice dice, FuzzRequest request)
    {
        var (name, value) = dice.Pick(s_headers);
        return request.With(name, value);
    }

    private static FuzzRequest Authorization(Dice dice, FuzzRequest request)
    {
        var header = request.Headers.FirstOrDefault(header => header.Name.Equals("authorization", StringComparison.OrdinalIgnoreCase)).Value
            ?? "Bearer x";
        return dice.Below(7) switch
        {
            0 => request.With("Authorization", header),
            1 => request.Replace("Authorization", header.ToUpperInvariant()),
            2 => request.Replace("Authorization", $"{header}, {header}"),
            3 => request.Replace(
                "Authorization",
                FuzzRequest.Latin(
                    Texts.Spoil(dice, header).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
                )
            ),
            4 => request.Replace("Authorization", $"Basic {Convert.ToBase64String(dice.Bytes(20))}"),
            5 => request.Replace("Authorization", $"Bearer {new string('a', dice.Pick([1000, 10_000]))}"),
            _ => request.Replace("Authorization", "Bearer"),
        };
    }

    private static string SpoilTarget(Dice dice, string target)
    {
        var (path, query) = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark
            ? (target[..mark], target[mark..])
            : (target, "");
        return dice.Below(16) switch
        {
            0 => $"{path}/{query}",
            1 => $"/{path}{query}",
            2 => path.ToUpperInvariant() + query,
            3 => $"{path}/../..{path}{query}",
            4 => $"{path}%00{query}",
            5 => path.Replace("/", "%2F", StringComparison.Ordinal) + query,
            6 => $"{path};a=b{query}",
            7 => $"{path}/{new string('a', dice.Pick([201, 3000, 9000]))}{query}",
            8 => $"{path}\u00E9{query}",
            9 => $"{path}{(query.Length == 0 ? "?" : query + "&")}{dice.Pick(s_parameters)}",
            10 when query.Length > 1 => $"{path}{query}&{query[1..]}",
            11 => $"{path}{query}#fragment",
            12 => $"{path[..path.LastIndexOf('/')]}{query}",
            13 => path.LastIndexOf('/') is > 0 and var slash ? $"{path[..slash]}/{dice.Pick(s_segments)}{query}" : $"*{query}",
            14 => $"http://{Forwarded}{path}{query}",
            _ => $"{path}?{new string('q', dice.Pick([1000, 9000]))}",
        };
    }
}
