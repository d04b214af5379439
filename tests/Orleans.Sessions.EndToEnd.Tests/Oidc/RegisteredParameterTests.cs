using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Oidc;

/// <summary>What every registered parameter does at every endpoint and with every grant: alone, without a value, and twice.</summary>
public sealed class RegisteredParameterTests(SqliteHost host) : ContractTests(host)
{
    public static TheoryData<string> Targets => [.. ParameterTargets.Names];

    [Theory, MemberData(nameof(Targets))]
    public async Task A_parameter_that_means_nothing_here_changes_nothing(string name)
    {
        var target = await new ParameterTargets(Admin).OfAsync(name);
        var plain = await target.PrepareAsync();
        var full = await target.PrepareAsync();
        var foreign = RegisteredParameters
            .All.Where(parameter => !Has(full, parameter.Key) && !target.Known.Contains(parameter.Key))
            .ToList();
        Assert.True(foreign.Count > 20);

        Assert.Equal(
            await plain.OutcomeOfAsync(),
            await full.OutcomeOfAsync([.. foreign.Select(parameter => (parameter.Key, (string?)parameter.Value))])
        );
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task A_parameter_without_a_value_is_one_that_did_not_come(string name)
    {
        var target = await new ParameterTargets(Admin).OfAsync(name);
        var plain = await target.PrepareAsync();
        var empty = await target.PrepareAsync();

        Assert.Equal(
            await plain.OutcomeOfAsync(),
            await empty.OutcomeOfAsync([
                .. RegisteredParameters.All.Keys.Where(parameter => !Has(empty, parameter)).Select(parameter => (parameter, (string?)"")),
            ])
        );
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task A_parameter_that_comes_twice_is_refused_by_its_name_and_uses_nothing_up(string name)
    {
        var target = await new ParameterTargets(Admin).OfAsync(name);
        var plain = await target.PrepareAsync();
        var tried = await target.PrepareAsync();
        foreach (
            var (parameter, value) in RegisteredParameters.All.Where(entry =>
                !RegisteredParameters.Repeatable.Contains(entry.Key) && !target.Ignored.Contains(entry.Key)
            )
        )
        {
            var reply = await tried.SendAsync(Has(tried, parameter) ? [(parameter, value)] : [(parameter, value), (parameter, value)]);

            // The error is in the body, in the address of the client, or in the header of a challenge.
            var answer = $"{reply.Body} {reply.Header("Location")} {reply.Header("WWW-Authenticate")}";
            var told = Uri.UnescapeDataString(answer.Replace('+', ' '));
            Assert.True(
                reply.Status is 302 or 400
                    && told.Contains("invalid_request", StringComparison.Ordinal)
                    && told.Contains($"The parameter {parameter} is repeated.", StringComparison.Ordinal),
                reply.Explain($"a refusal of two {parameter} in place of {told}")
            );
        }

        Assert.Equal(await plain.OutcomeOfAsync(), await tried.OutcomeOfAsync());
    }

    private static bool Has(PreparedRequest request, string name) => request.Parameters.Any(parameter => parameter.Name == name);
}
