using Orleans.Sessions.Gateway;
using Orleans.Sessions.Host;

var builder = WebApplication.CreateBuilder(args);
builder.ListenByDefault("http://localhost:8080");
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(25));
builder.Services.AddSingleton(TimeProvider.System);

var role = HostRoles.Read(builder.Configuration);
if (role == HostRole.Gateway)
{
    builder.AddClusterClient();
}
else
{
    await builder.AddSiloAsync();
}

if (role == HostRole.Silo)
{
    builder.AddSiloHealth();
}
else
{
    builder.AddGateway();
}

var app = builder.Build();
if (role == HostRole.Silo)
{
    app.MapSiloHealth();
}
else
{
    app.MapSessionsGateway();
}

await app.RunAsync();
