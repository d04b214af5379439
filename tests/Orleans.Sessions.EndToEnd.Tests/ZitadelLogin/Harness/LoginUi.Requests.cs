namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <content>Requests of devices and of SAML service providers.</content>
public sealed partial class LoginUi
{
    /// <summary><c>/login?samlRequest=…</c>: a service provider has sent the browser.</summary>
    public async Task<string> ArriveBySamlAsync(string requestId)
    {
        (_request, _organization, _suffix) = ($"saml_{requestId}", null, null);
        var sessions = await SessionsAsync();
        (await CallAsync("saml.v2.SAMLService/GetSAMLRequest", new { samlRequestId = requestId })).Expect(200);
        if (await FindValidAsync(sessions) is not { } chosen)
        {
            return "/accounts";
        }

        // Here the UI does not look at the error, and posts a form where the service provider wants one.
        var reply = await CompleteAsync(chosen);
        return reply.Status != 200 ? "/accounts"
            : reply.Has("post") ? $"{reply.Text("url")}?{reply.Text("post.samlResponse")}"
            : reply.Text("url");
    }

    /// <summary><c>/device</c>: the person types the code of the device.</summary>
    public async Task<string> DeviceAsync(string userCode)
    {
        await DefaultOrganizationAsync();
        await ShowAsync();
        var found = await CallAsync("oidc.v2.OIDCService/GetDeviceAuthorizationRequest", new { userCode });
        if (found.Status != 200)
        {
            return "error: Could not continue the request";
        }

        // Then the page that asks whether the device may act for the person.
        found = (await CallAsync("oidc.v2.OIDCService/GetDeviceAuthorizationRequest", new { userCode })).Expect(200);
        Assert.NotEmpty(found.Text("deviceAuthorizationRequest.appName"));
        await DefaultOrganizationAsync();
        (_request, _organization, _suffix) = ($"device_{found.Text("deviceAuthorizationRequest.id")}", null, null);
        return "/device/consent";
    }

    /// <summary><c>/device/consent</c>: the person does not want it.</summary>
    public async Task<string> DenyDeviceAsync()
    {
        var denied = await CallAsync(
            "oidc.v2.OIDCService/AuthorizeOrDenyDeviceAuthorization",
            new { deviceAuthorizationId = RequestId, deny = new { } }
        );
        return denied.Status == 200 ? "/device" : "error: Could not register user";
    }

    /// <summary><c>/signedin?requestId=device_…</c></summary>
    private async Task<string> LetDeviceInAsync()
    {
        var session = new { sessionId = Current.Id, sessionToken = Current.Token };
        var allowed = await CallAsync(
            "oidc.v2.OIDCService/AuthorizeOrDenyDeviceAuthorization",
            new { deviceAuthorizationId = RequestId, session }
        );
        await ShowAsync();
        return allowed.Status == 200 ? "/signedin" : $"error: {allowed.Text("message")}";
    }
}
