namespace Orleans.Sessions.Tests.Harness;

/// <summary>A cluster with one grain.</summary>
internal static class OneGrain
{
    public static IGrainFactory Factory<TGrain>(TGrain grain)
        where TGrain : class =>
        StandIn.For<IGrainFactory>(
            (method, _) => method.ReturnType == typeof(TGrain) ? grain : throw new NotSupportedException($"{method}")
        );
}
