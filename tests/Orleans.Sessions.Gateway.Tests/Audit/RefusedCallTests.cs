using System.Net;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Gateway.Audit;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Saml.Endpoints;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Tests.Audit;

/// <summary>The gateway's counts of refused calls.</summary>
public sealed class RefusedCallTests
{
    [Theory]
    [Asvs("16.3.2")]
    [InlineData("/v2/sessions/1")]
    [InlineData("/zitadel.session.v2.SessionService/GetSession")]
    public async Task A_call_is_counted_on_every_surface_with_who_from_where_and_why(string path)
    {
        var sink = new Sink();
        await using var server = await GatewayServer.StartAsync(
            _ => throw new SessionException(SessionErrors.PermissionMissing),
            builder => builder.Services.AddSingleton<IAuditSink>(sink)
        );
        using var content = new StringContent("""{"sessionId":"1"}""", System.Text.Encoding.UTF8, "application/json");
        async Task CallAsync(HttpClient client)
        {
            client.DefaultRequestHeaders.UserAgent.ParseAdd("tester/1");
            using var response = path.StartsWith("/v2", StringComparison.Ordinal)
                ? await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)
                : await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized);
        }

        await CallAsync(server.Http());
        await CallAsync(server.Http(token: "nonsense"));
        await server.App.Services.GetRequiredService<FailureCounts>().FlushAsync(default);

        Assert.Equal(
            [
                (AuditKinds.CallDenied.Name, AuditOutcome.Refused, SessionErrors.PermissionMissing.Id, AuditActor.Human),
                (AuditKinds.CallUnauthenticated.Name, AuditOutcome.Failure, SessionErrors.TokenInvalid.Id, AuditActor.Anonymous),
            ],
            sink.Rows.Select(row => (row.Kind, row.Outcome, row.Reason!, row.ActorKind))
        );
        Assert.All(sink.Rows, row =>
            Assert.Equal(
                ("method", "zitadel.session.v2.SessionService.GetSession", "127.0.0.1", "tester/1"),
                (row.TargetKind, row.TargetId, row.Source, row.UserAgent)
            )
        );
    }

    [Fact]
    public async Task A_login_that_is_not_enough_for_an_application_is_counted_as_denied()
    {
        var (refused, counts, sink) = New();
        foreach (var error in new[] { SessionErrors.LinkTooOld, SessionErrors.AuthRequestMissing, SessionErrors.SessionTerminated })
        {
            refused.Count(Http(), null, "zitadel.oidc.v2.OIDCService.CreateCallback", null, error);
        }

        await counts.FlushAsync(default);

        var row = Assert.Single(sink.Rows);
        Assert.Equal((AuditKinds.CallDenied.Name, SessionErrors.LinkTooOld.Id), (row.Kind, row.Reason));
    }

    [Fact]
    [Asvs("16.3.3")]
    public async Task Wrong_proofs_outside_of_sessions_are_counted_against_the_user()
    {
        var (refused, counts, sink) = New();
        var request = new SetPasswordRequest { UserId = "u-1" };
        refused.Count(Http(), null, "zitadel.user.v2.UserService.SetPassword", request, SessionErrors.PasswordInvalid);
        refused.Count(Http(), null, "zitadel.user.v2.UserService.SetPassword", request, SessionErrors.CodeInvalid);
        refused.Count(Http(), null, "zitadel.user.v2.UserService.SetPassword", request, SessionErrors.SetPasswordUnchanged);
        refused.Count(Http(), null, "zitadel.session.v2.SessionService.SetSession", null, SessionErrors.PasswordInvalid);
        await counts.FlushAsync(default);

        Assert.Equal(
            [(AuditKinds.CredentialRefused.Name, "user", "u-1"), (AuditKinds.CredentialRefused.Name, "user", "u-1")],
            sink.Rows.Select(row => (row.Kind, row.TargetKind!, row.TargetId!))
        );
    }

    [Fact]
    [Asvs("16.3.3")]
    public async Task Too_many_calls_are_counted_too()
    {
        var (refused, counts, sink) = New();
        refused.Count(Http(), null, "m", null, SessionErrors.TooManyClients with { Code = ErrorCode.ResourceExhausted });
        refused.CountLimited(
            Http("/oauth/v2/token"),
            new SessionException(SessionErrors.TooManyClients with { Code = ErrorCode.ResourceExhausted })
        );
        refused.CountLimited(
            Http("/oauth/v2/token"),
            new SessionException(SessionErrors.TooManyClients with { Code = ErrorCode.InvalidArgument })
        );
        await counts.FlushAsync(default);
        Assert.Equal(
            [
                (AuditKinds.CallLimited.Name, "m", AuditOutcome.Refused),
                (AuditKinds.CallLimited.Name, "/oauth/v2/token", AuditOutcome.Refused),
            ],
            sink.Rows.Select(row => (row.Kind, row.TargetId!, row.Outcome))
        );
    }

    [Fact]
    [Asvs("16.3.3")]
    public async Task Messages_of_protocols_are_counted_by_endpoint()
    {
        var (refused, counts, sink) = New();
        refused.Count(Http("/oauth/v2/token"), AuditKinds.ClientRefused, "invalid_client", "web");
        refused.Count(Http("/oauth/v2/token"), AuditKinds.GrantRefused, "invalid_grant");
        using var limits = new RequestLimits(
            Options.Create(new LimitOptions()),
            new RequestSource(Options.Create(new PublicOriginOptions())),
            TimeProvider.System,
            NullLogger<RequestLimits>.Instance
        );
        await new SamlPages(limits, refused, NullLogger<SamlPages>.Instance).Guard(_ =>
            throw new RefusedMessageException("it is not signed")
        )(Http("/saml/v2/SSO"));
        await counts.FlushAsync(default);

        Assert.Equal(
            [
                (AuditKinds.ClientRefused.Name, "/oauth/v2/token", "invalid_client", "web"),
                (AuditKinds.GrantRefused.Name, "/oauth/v2/token", "invalid_grant", null),
                (AuditKinds.SamlRefused.Name, "/saml/v2/SSO", "it is not signed", null),
            ],
            sink.Rows.Select(row => (row.Kind, row.TargetId, row.Reason, row.ClientId))
        );
    }

    [Fact]
    public void Every_kind_that_only_gateways_see_is_recorded_by_them_and_tested()
    {
        var kinds = typeof(AuditKinds)
            .GetFields()
            .Where(field => field.GetValue(null) is AuditKind { IsAtGateway: true })
            .Select(field => field.Name)
            .ToHashSet();

        Assert.NotEmpty(kinds);
        Assert.Equal(kinds.Order(), KindsIn(typeof(RefusedCalls).Assembly.Location).Order());
        Assert.Empty(kinds.Except(KindsIn(typeof(RefusedCallTests).Assembly.Location)));
    }

    private static (RefusedCalls Refused, FailureCounts Counts, Sink Sink) New()
    {
        var sink = new Sink();
        var counts = new FailureCounts(sink, TimeProvider.System, NullLogger<FailureCounts>.Instance);
        return (new RefusedCalls(counts, new CallOrigins(new RequestSource(Options.Create(new PublicOriginOptions())))), counts, sink);
    }

    private static DefaultHttpContext Http(string path = "/") =>
        new()
        {
            RequestServices = new ServiceCollection()
                .AddSingleton(new PublicOrigin(Options.Create(new PublicOriginOptions()), NullLogger<PublicOrigin>.Instance))
                .BuildServiceProvider(),
            Request = { Path = path },
            Response = { Body = new MemoryStream() },
            Connection = { RemoteIpAddress = IPAddress.Parse("192.0.2.1") },
        };

    private static HashSet<string> KindsIn(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata
                .MemberReferences.Select(metadata.GetMemberReference)
                .Where(member =>
                    member.Parent.Kind == HandleKind.TypeReference
                    && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == nameof(AuditKinds)
                    && member.GetKind() == MemberReferenceKind.Field
                )
                .Select(member => metadata.GetString(member.Name)),
        ];
    }

    private sealed class Sink : IAuditSink
    {
        public List<AuditRow> Rows { get; } = [];

        public Task CountAsync(IReadOnlyList<AuditRow> counted, CancellationToken cancellationToken)
        {
            Rows.AddRange(counted);
            return Task.CompletedTask;
        }
    }
}
