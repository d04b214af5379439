using System.Reflection;
using Orleans.Runtime;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tests.Instance;

/// <summary>A node that has just joined answers when it knows the installation's ids, and not with an error before.</summary>
public sealed class InstanceAccessorTests
{
    private readonly InstanceAccessor _instance = new();

    [Fact]
    public void Calls_are_to_come_again_until_the_ids_are_known()
    {
        var method = Method(typeof(ISessionGrain), nameof(ISessionGrain.GetAsync));
        Assert.Throws<SiloUnavailableException>(() => _instance.EnsureServes(method));

        _instance.Identity = new InstanceIdentity("1", "2");

        _instance.EnsureServes(method);
    }

    [Theory]
    [InlineData(typeof(IInstanceGrain), nameof(IInstanceGrain.GetAsync))]
    [InlineData(typeof(IIdRangesGrain), nameof(IIdRangesGrain.ReserveAsync))]
    public void What_the_ids_are_learned_by_is_answered_before(Type grain, string method) => _instance.EnsureServes(Method(grain, method));

    private static MethodInfo Method(Type grain, string name) => grain.GetMethod(name)!;
}
