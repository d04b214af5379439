using System.Reflection;

namespace Orleans.Sessions.Testing;

/// <summary>
/// Stands in for a grain or a store. One function answers all methods of an interface; it throws for calls that the test does not expect.
/// </summary>
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
