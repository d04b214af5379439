using Orleans.Runtime;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Testing;

namespace Orleans.Sessions.Tests.Instance;

/// <summary>A node that has just joined waits until it knows the installation's ids. It does not answer with an error meanwhile.</summary>
public sealed class InstanceFilterTests
{
    private readonly InstanceAccessor _instance = new();

    [Fact]
    public async Task Calls_are_to_come_again_until_the_ids_are_known()
    {
        var filter = new InstanceFilter(_instance);
        var calls = 0;
        var call = Call(typeof(ISessionGrain), nameof(ISessionGrain.GetAsync), () => calls++);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => filter.Invoke(call));
        Assert.Equal(0, calls);

        _instance.Identity = new InstanceIdentity("1", "2");

        await filter.Invoke(call);
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData(typeof(IInstanceGrain), nameof(IInstanceGrain.GetAsync))]
    [InlineData(typeof(IIdRangesGrain), nameof(IIdRangesGrain.ReserveAsync))]
    public async Task What_the_ids_are_learned_by_is_answered_before(Type grain, string method)
    {
        var calls = 0;

        await new InstanceFilter(_instance).Invoke(Call(grain, method, () => calls++));

        Assert.Equal(1, calls);
    }

    private static IIncomingGrainCallContext Call(Type grain, string name, Action invoke) =>
        StandIn.For<IIncomingGrainCallContext>((method, _) =>
        {
            switch (method.Name)
            {
                case "get_TargetId":
                    return GrainId.Create("grain", "key");
                case "get_InterfaceMethod":
                    return grain.GetMethod(name);
                case nameof(IGrainCallContext.Invoke):
                    invoke();
                    return Task.CompletedTask;
                default:
                    throw new NotSupportedException(method.Name);
            }
        });
}
