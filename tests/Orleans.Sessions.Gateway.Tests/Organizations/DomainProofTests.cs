using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Egress;
using Orleans.Sessions.Gateway.Organizations;
using Orleans.Sessions.Gateway.Tests.Harness;

namespace Orleans.Sessions.Gateway.Tests.Organizations;

/// <summary>The token that proves a domain is looked for where the domain's owner puts it, and nowhere else.</summary>
public sealed class DomainProofTests
{
    private const string Domain = "shop.example";
    private static readonly DomainChallenge s_dns = new(Domain, DomainValidation.Dns, "token-1");
    private static readonly DomainChallenge s_http = new(Domain, DomainValidation.Http, "token-1");

    [Fact]
    public async Task The_token_is_found_in_a_record_of_the_domain_and_only_as_a_whole()
    {
        await using var server = new TxtServer();
        using var proofs = Proofs(server.Address);
        Assert.Equal("_zitadel-challenge.shop.example", DomainProofs.PlaceOf(s_dns));
        Assert.False(await IsFoundAsync(proofs, s_dns));

        server.Records["_zitadel-challenge.shop.example"] =
        [
            ["v=spf1 -all"],
            ["token-11"],
            ["token"],
        ];
        server.Records["shop.example"] =
        [
            ["token-1"],
        ];
        Assert.False(await IsFoundAsync(proofs, s_dns));

        // A long record has several texts, which belong together.
        server.Records["_zitadel-challenge.shop.example"] =
        [
            ["v=spf1 -all"],
            ["tok", "en-1"],
        ];
        Assert.True(await IsFoundAsync(proofs, s_dns));
    }

    [Fact]
    public async Task A_name_server_that_does_not_answer_proves_nothing()
    {
        await using var server = new TxtServer { IsSilent = true };
        using var proofs = Proofs(server.Address);

        Assert.False(await IsFoundAsync(proofs, s_dns).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(200, "token-1", true)]
    [InlineData(200, "token-1\r\n", true)]
    [InlineData(200, "token-11", false)]
    [InlineData(200, "<html>token-1</html>", false)]
    [InlineData(404, "token-1", false)]
    [InlineData(302, "token-1", false)]
    [InlineData(200, "long", false)]
    public async Task The_token_is_found_in_a_file_of_the_domain_and_only_as_a_whole(int status, string body, bool isFound)
    {
        var asked = new List<string>();
        var text = body == "long" ? "token-1" + new string(' ', 2000) : body;
        await using var web = await WebAsync(asked, status, text);
        using var http = new HttpClient(new Redirected(new Uri(web.Urls.First()))) { MaxResponseContentBufferSize = 1024 };
        using var proofs = new DomainProofs(http, new DomainProofOptions(), NullLogger<DomainProofs>.Instance);

        Assert.Equal(isFound, await IsFoundAsync(proofs, s_http));

        Assert.Equal("https://shop.example/.well-known/zitadel-challenge/token-1.txt", DomainProofs.PlaceOf(s_http));
        Assert.Equal(["shop.example/.well-known/zitadel-challenge/token-1.txt"], asked);
    }

    [Fact]
    public async Task A_web_server_that_only_this_machine_can_reach_is_not_asked()
    {
        var log = new Warnings<EgressHttp>();
        var options = Options.Create(new EgressOptions { AllowLoopback = false });
        using var proofs = new DomainProofs(
            new EgressHttp(new EgressRules(options), log),
            Options.Create(new DomainProofOptions()),
            NullLogger<DomainProofs>.Instance
        );

        Assert.False(await IsFoundAsync(proofs, s_http with { Domain = "localhost" }));

        Assert.Contains("localhost:443 was not sent", Assert.Single(log.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.53", true)]
    [InlineData("192.0.2.53:5353", true)]
    [InlineData("[2001:db8::53]:53", true)]
    [InlineData("ns.example.com", false)]
    [InlineData("", false)]
    public void Name_servers_are_addresses(string address, bool isGood)
    {
        var options = new DomainProofOptions { NameServers = { address } };
        Assert.Equal(isGood, !options.Validate(new ValidationContext(options)).Any());
    }

    private static DomainProofs Proofs(string nameServer) =>
        new(new HttpClient(), new DomainProofOptions { NameServers = { nameServer } }, NullLogger<DomainProofs>.Instance);

    private static Task<bool> IsFoundAsync(DomainProofs proofs, DomainChallenge challenge) =>
        proofs.IsFoundAsync(challenge, TestContext.Current.CancellationToken);

    private static async Task<WebApplication> WebAsync(List<string> asked, int status, string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        web.Run(async http =>
        {
            asked.Add($"{http.Request.Host}{http.Request.Path}");
            http.Response.StatusCode = status;
            await http.Response.WriteAsync(body, http.RequestAborted);
        });
        await web.StartAsync(TestContext.Current.CancellationToken);
        return web;
    }

    /// <summary>Leads requests to the test's web server, which has no certificate.</summary>
    private sealed class Redirected(Uri to) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = request.RequestUri!;
            request.Headers.Host = asked.Host;
            request.RequestUri = new Uri(to, asked.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
