using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Json;

namespace Orleans.Sessions.Gateway.Rest;

/// <summary>
/// The REST surface: a route per <c>google.api.http</c> option of the contract, messages as proto3 JSON (contract §1.3). ASP.NET Core's own
/// JSON transcoding does not fit: it refuses <c>null</c>, numbers for 64-bit integers, URL-safe base64, and empty bodies.
/// </summary>
internal sealed class RestEndpoints(CallPipeline pipeline)
{
    /// <summary>Maps the routes of a method.</summary>
    public void Map(IEndpointRouteBuilder routes, UnaryMethod method)
    {
        if (method.Descriptor.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not { } rule)
        {
            return;
        }

        var (verb, path) = VerbAndPath(rule);
        var hasBody = rule.Body == "*";
        // Where GET is, HEAD is too (RFC 9110 §9.1). The server does not send the body.
        string[] verbs = verb == HttpMethods.Get ? [verb, HttpMethods.Head] : [verb];
        routes.MapMethods(path, verbs, (RequestDelegate)(http => HandleAsync(http, method, hasBody)));
    }

    /// <summary>The HTTP method and path of a route.</summary>
    public static (string Verb, string Path) VerbAndPath(HttpRule rule) =>
        rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => (HttpMethods.Get, rule.Get),
            HttpRule.PatternOneofCase.Put => (HttpMethods.Put, rule.Put),
            HttpRule.PatternOneofCase.Post => (HttpMethods.Post, rule.Post),
            HttpRule.PatternOneofCase.Delete => (HttpMethods.Delete, rule.Delete),
            HttpRule.PatternOneofCase.Patch => (HttpMethods.Patch, rule.Patch),
            _ => throw new NotSupportedException($"The contract has a route of kind {rule.PatternCase}."),
        };

    private async Task HandleAsync(HttpContext http, UnaryMethod method, bool hasBody)
    {
        try
        {
            var request = hasBody
                ? await RestRequest.ReadBodyAsync(http.Request, method.Descriptor.InputType)
                : await RestRequest.ReadQueryAsync(http.Request, method.Descriptor.InputType);
            RestRequest.ApplyRoute(request, http);
            var context = new CallContext(http, method.Descriptor.FullName);
            var response = await pipeline.RunAsync(method, request, context, http);
            method.Total?.Complete(response, http);
            await JsonResponse.WriteAsync(http, method.SuccessStatus, response);
        }
        catch (Exception exception) when (CallFailure.Of(exception) is { } failure)
        {
            await ErrorAnswer.WriteAsync(http, failure);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
    }
}
