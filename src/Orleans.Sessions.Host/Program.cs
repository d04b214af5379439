using Orleans.Sessions.Gateway;
using Orleans.Sessions.Gateway.OpenApi;
using Orleans.Sessions.Host;
using Orleans.Sessions.Storage;

// "Configuration error" of sysexits.h. A supervisor can be told not to restart a process that ends with this code.
const int NotToBeStartedAgain = 78;

if (args is ["openapi", var file])
{
    // The build calls the program to write this document.
    await File.WriteAllBytesAsync(file, OpenApiEndpoint.Document);
    return 0;
}

if (args is ["administrators", "recover", .. var settings])
{
    return await AdministratorRecovery.RunAsync(settings);
}

var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseKestrelHttpsConfiguration();
builder.ListenByDefault("http://localhost:8080");

// Draining takes as long as the slowest request. An orchestrator should wait a little longer before it kills the process.
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(25));
builder.Services.AddSingleton(BootClock.OfThisMachine);
builder.Logging.AddLines(builder.Configuration);

EmbeddedDatabase? embedded = null;
var role = HostRoles.Read(builder.Configuration);
if (role == HostRole.Gateway)
{
    builder.AddClusterClient();
}
else
{
    try
    {
        embedded = builder.AddSilo();
    }
    catch (UnusableStorageException exception)
    {
        // No log exists yet.
        await Console.Error.WriteLineAsync(exception.Message);
        return NotToBeStartedAgain;
    }
}

if (role != HostRole.Silo)
{
    builder.Services.AddSessionsGateway(builder.Configuration);
}

var app = builder.Build();
if (role == HostRole.Silo)
{
    app.MapSessionsHealth();
}
else
{
    app.MapSessionsGateway();
}

// The database ends in order after everything that writes to it.
using (embedded)
{
    await app.RunAsync();
}

return 0;
