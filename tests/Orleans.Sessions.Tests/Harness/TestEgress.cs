using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Egress;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>The outgoing HTTP client, as the service creates it.</summary>
internal static class TestEgress
{
    public static EgressRules Rules(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(pair => $"Sessions:{pair.Key}", pair => (string?)pair.Value))
            .Build();
        var options = configuration.GetSection(EgressOptions.Section).Get<EgressOptions>() ?? new EgressOptions();
        options.ReadServices(configuration.GetSection("Sessions"));
        return new EgressRules(Options.Create(options));
    }

    public static EgressHttp Http(params (string Key, string Value)[] settings) => new(Rules(settings), NullLogger<EgressHttp>.Instance);
}
