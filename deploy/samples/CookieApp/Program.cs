// A cookie application whose tickets are sessions of the cluster: sign in, see where you are signed in, sign out elsewhere.
//
//   ConnectionStrings__Sessions="Host=…" dotnet run --project deploy/samples/CookieApp --urls http://127.0.0.1:5000
//   curl -c jar -d userName=minnie -d password=… http://127.0.0.1:5000/login
//   curl -b jar http://127.0.0.1:5000/me
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Sessions;
using Orleans.Sessions.AspNetCore;
using Orleans.Sessions.Client;
using ErrorCode = Orleans.Sessions.ErrorCode;

var builder = WebApplication.CreateBuilder(args);
builder.UseOrleansClient(client =>
{
    client.UseAdoNetClustering(clustering =>
    {
        clustering.Invariant = "Npgsql";
        clustering.ConnectionString = builder.Configuration.GetConnectionString("Sessions");
    });
    client.Configure<GatewayOptions>(gateway => gateway.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
    client.AddSessions();
});
builder
    .Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
    .AddCookie(cookie =>
    {
        // This is an API: it answers 401 instead of sending the caller to a login page.
        cookie.Events.OnRedirectToLogin = context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
    });
builder.Services.AddAuthorization();
builder.Services.AddSessionTickets();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();

app.MapGet("/", () => "ready");

app.MapPost("/login", async (HttpContext http, SessionClient sessions, [FromForm] string userName, [FromForm] string password) =>
    {
        try
        {
            // The password is proved in a separate, short session. The ticket is the session that lasts.
            var proof = await sessions.CreateAsync(create =>
                create with
                {
                    Checks = new Checks
                    {
                        User = new UserCheck { LoginName = userName },
                        Password = password,
                    },
                    Lifetime = TimeSpan.FromMinutes(1),
                }
            );
            var user = (await sessions.GetAsync(proof.SessionId))!.Factors!.User;
            await sessions.TerminateAsync(proof.SessionId);
            var identity = new ClaimsIdentity(
                [new Claim(ClaimTypes.NameIdentifier, user.Id), new Claim(ClaimTypes.Name, user.DisplayName)],
                CookieAuthenticationDefaults.AuthenticationScheme
            );
            await http.SignInAsync(new ClaimsPrincipal(identity));
            return Results.NoContent();
        }
        catch (SessionException exception)
            when (exception.Error.Code is ErrorCode.InvalidArgument or ErrorCode.FailedPrecondition or ErrorCode.NotFound)
        {
            // The user may be unknown or locked, or the password wrong. The caller learns only that the login failed.
            return Results.Unauthorized();
        }
    })
    .DisableAntiforgery();

app.MapGet("/me", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();

app.MapPost("/renew", async (HttpContext http) =>
    {
        // With the properties of the present ticket the session stays the same. Without them each sign-in gets a session of its own.
        var current = await http.AuthenticateAsync();
        (current.Properties!.IssuedUtc, current.Properties.ExpiresUtc) = (null, null);
        await http.SignInAsync(current.Principal!, current.Properties);
        return Results.NoContent();
    })
    .RequireAuthorization();

app.MapPost("/logout", (HttpContext http) => http.SignOutAsync()).RequireAuthorization();

app.MapGet("/signed-in", async (ClaimsPrincipal user, SessionClient sessions, CancellationToken cancelled) =>
    {
        var own = sessions.ListAsync([new SessionFilter.User(IdOf(user))], cancelled);
        return await own.Select(session => new
            {
                session.Id,
                session.CreationDate,
                session.UserAgent?.Description,
            })
            .ToListAsync(cancelled);
    })
    .RequireAuthorization();

app.MapPost("/signed-in/{id}/end", async (string id, ClaimsPrincipal user, SessionClient sessions) =>
    {
        if ((await sessions.GetAsync(id))?.Factors?.User.Id != IdOf(user))
        {
            return Results.NotFound();
        }

        await sessions.TerminateAsync(id);
        return Results.NoContent();
    })
    .RequireAuthorization();

app.Run();

static string IdOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier)!;
