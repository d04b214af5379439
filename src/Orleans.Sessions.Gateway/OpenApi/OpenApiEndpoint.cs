using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orleans.Sessions.Gateway.Calls;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>Serves the description of the REST surface.</summary>
internal static class OpenApiEndpoint
{
    public const string Path = "/openapi/v2.json";

    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes, IReadOnlyList<UnaryMethod> methods)
    {
        var document = new Lazy<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Describe(methods), s_options));
        routes.MapGet(Path, () => Results.Bytes(document.Value, "application/json"));
    }
}
