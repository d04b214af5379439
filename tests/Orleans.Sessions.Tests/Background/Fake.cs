using System.Reflection;

namespace Orleans.Sessions.Tests.Background;

/// <summary>An implementation of any interface that answers by a function; what a test does not expect, the function refuses.</summary>
public class Fake : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = null!;

    public static T Of<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var fake = Create<T, Fake>();
        ((Fake)(object)fake)._answer = answer;
        return fake;
    }

    /// <summary>A factory whose every grain is this one.</summary>
    public static IGrainFactory Factory<TGrain>(TGrain grain)
        where TGrain : class => Of<IGrainFactory>((method, _) => method.ReturnType == typeof(TGrain) ? grain : throw new NotSupportedException($"{method}"));

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}
