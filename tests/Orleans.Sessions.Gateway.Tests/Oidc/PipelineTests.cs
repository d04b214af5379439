using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>The list of handlers is what a reader believes about the order of the protocol, so it must be true.</summary>
public sealed class PipelineTests
{
    [Fact]
    public void Handlers_of_one_event_are_listed_in_the_order_in_which_they_run() =>
        Assert.All(OidcPipeline.Handlers.GroupBy(handler => handler.ContextType), handlers =>
            Assert.Equal(handlers.OrderBy(handler => handler.Order), handlers)
        );

    [Fact]
    public void Events_are_listed_by_stage()
    {
        string[] stages = ["Extract", "Process", "Validate", "Handle", "Generate", "Process", "Apply"];
        var listed = OidcPipeline.Handlers.Select(handler =>
            stages.First(stage => handler.ContextType.Name.StartsWith(stage, StringComparison.Ordinal))
        );
        var runs = listed.Aggregate(new List<string>(), (runs, stage) => runs.LastOrDefault() == stage ? runs : [.. runs, stage]);
        Assert.Equal(stages, runs);
    }

    [Fact]
    public void Every_handler_has_a_row_for_every_event_that_it_handles() =>
        Assert.Equal(
            typeof(OidcPipeline)
                .Assembly.GetTypes()
                .SelectMany(type =>
                    type.GetInterfaces()
                        .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IOpenIddictServerHandler<>))
                        .Select(face => $"{type.Name} {face.GenericTypeArguments[0].Name}")
                )
                .Order(),
            OidcPipeline.Handlers.Select(handler => $"{handler.ServiceDescriptor.ServiceType.Name} {handler.ContextType.Name}").Order()
        );
}
