using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>What services need to know about a call beyond gRPC's own context.</summary>
internal static class CallContextExtensions
{
    /// <summary>The caller.</summary>
    public static Caller Caller(this ServerCallContext context) => ((CallContext)context).Caller;

    /// <summary>Tells the grains how long the client waits. Calls that may wait in a queue need this.</summary>
    public static void AnnounceDeadline(this ServerCallContext context, TimeProvider clock) =>
        CallDeadline.Set(context.Deadline - clock.GetUtcNow().UtcDateTime, clock);

    /// <summary>The HTTP request that carries the call.</summary>
    public static HttpRequest Request(this ServerCallContext context) => ((CallContext)context).Request;
}
