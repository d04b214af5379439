using System.Reflection;

namespace Orleans.Sessions.Gateway.Tests.Harness;

/// <summary>Stands in for a grain: one function answers all methods of an interface.</summary>
public class StandIn : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = (method, _) => throw new NotSupportedException(method.Name);

    public static T For<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var proxy = Create<T, StandIn>();
        ((StandIn)(object)proxy)._answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}
