using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Oidc;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>The line of the log for a refused request of OpenID Connect.</summary>
public sealed class RefusalLogTests
{
    [Fact]
    public void The_line_has_endpoint_error_and_caller_and_no_address()
    {
        var log = new Warnings<RefusalLog>();
        var http = new DefaultHttpContext { Request = { Path = "/oauth/v2/token", QueryString = new QueryString("?code=secret") } };

        new RefusalLog(log).Refused(http, "invalid_grant", SessionErrors.TokenInvalid, "web");
        new RefusalLog(log).Refused(http, "invalid_request");

        Assert.Equal(
            [
                "/oauth/v2/token refused with invalid_grant (AUTH-7fs1e); caller web",
                "/oauth/v2/token refused with invalid_request; caller unknown",
            ],
            log.Messages
        );
    }

    [Fact]
    public void No_request_can_write_a_line_of_its_own()
    {
        var log = new Warnings<RefusalLog>();
        var http = new DefaultHttpContext { Request = { Path = "/oauth/v2/token\nmore" } };

        new RefusalLog(log).Refused(http, "invalid_request", clientId: "web\u2028more");

        Assert.Equal(@"/oauth/v2/token\u000amore refused with invalid_request; caller web\u2028more", Assert.Single(log.Messages));
    }
}
