using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>The description of the REST surface. The service serves it, and the build writes it to a file.</summary>
public static class OpenApiEndpoint
{
    internal const string Path = "/openapi/v2.json";

    private static readonly JsonSerializerOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    private static readonly Lazy<byte[]> s_document = new(() =>
        JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Describe(ContractServices.Offered), s_options)
    );

    /// <summary>The document, in UTF-8. It depends only on the contract, so no running service is needed.</summary>
    public static ReadOnlyMemory<byte> Document => s_document.Value;

    internal static void MapOpenApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], () => Results.Bytes(s_document.Value, "application/json"));
}
