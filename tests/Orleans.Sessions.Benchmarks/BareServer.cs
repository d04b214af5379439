using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Benchmarks;

/// <summary>
/// The reference for the measurements: a minimal API on bare Kestrel that answers the same bytes, without authentication. Like the service,
/// it runs in a process of its own.
/// </summary>
internal static class BareServer
{
    /// <summary>Serves <paramref name="bodyFile"/> until the process is killed.</summary>
    public static async Task ServeAsync(int port, string bodyFile)
    {
        var body = await File.ReadAllBytesAsync(bodyFile);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.MapGet("/v2/sessions/{id}", (string id) => Results.Bytes(body, "application/json"));
        app.MapPost("/v2/sessions/search", () => Results.Bytes(body, "application/json"));
        app.MapPost("/oauth/v2/introspect", () => Results.Bytes(body, "application/json"));
        await app.RunAsync();
    }

    /// <summary>Starts this program as a bare server.</summary>
    public static Process Start(int port, byte[] body)
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, body);
        return Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [typeof(BareServer).Assembly.Location, "bare", port.ToString(System.Globalization.CultureInfo.InvariantCulture), file]
            )
        )!;
    }
}
