using Microsoft.AspNetCore.WebUtilities;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>An endpoint, or a grant of the token endpoint, at which parameters are tried.</summary>
/// <param name="PrepareAsync">Makes a request that succeeds.</param>
/// <param name="Known">The parameters that mean something here, beside those of the request.</param>
/// <param name="Ignored">The parameters that are taken out here, even if they come twice.</param>
public sealed record ParameterTarget(Func<Task<PreparedRequest>> PrepareAsync, string[] Known, params string[] Ignored);

/// <summary>A request that succeeds, and can be sent with more parameters.</summary>
/// <param name="Caller">Who sends it.</param>
/// <param name="Method">GET sends the parameters in the address, POST in a form.</param>
/// <param name="Path">The path of the endpoint.</param>
/// <param name="Parameters">What it needs.</param>
/// <param name="OutcomeAsync">What the answer brought, without what differs from request to request.</param>
public sealed record PreparedRequest(
    Api Caller,
    HttpMethod Method,
    string Path,
    (string Name, string? Value)[] Parameters,
    Func<Reply, Task<string>> OutcomeAsync
)
{
    /// <summary>Sends it with more parameters.</summary>
    public Task<Reply> SendAsync(params (string Name, string? Value)[] more)
    {
        (string Name, string? Value)[] all = [.. Parameters, .. more];
        return Method == HttpMethod.Get
            ? Caller.GetAsync(
                QueryHelpers.AddQueryString(Path, all.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)))
            )
            : Caller.PostFormAsync(Path, all);
    }

    /// <summary>Sends it with more parameters, and says what that brought.</summary>
    public async Task<string> OutcomeOfAsync(params (string Name, string? Value)[] more) => await OutcomeAsync(await SendAsync(more));
}
