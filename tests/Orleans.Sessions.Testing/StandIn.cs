using System.Reflection;

namespace Orleans.Sessions.Testing;

/// <summary>Stands in for a grain or a store: one function answers all methods of an interface; what a test does not expect, the function refuses.</summary>
public class StandIn : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = (method, _) => throw new NotSupportedException(method.Name);

    /// <summary>An object that answers by this function.</summary>
    public static T For<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var proxy = Create<T, StandIn>();
        ((StandIn)(object)proxy)._answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}
