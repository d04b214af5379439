using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>Finds grains that other nodes host.</summary>
public static class GrainFinding
{
    /// <summary>
    /// A grain. Fails as if its node was away while this silo, which may have joined a moment ago, does not know yet what the others host: Orleans takes
    /// an interface for one that nobody implements then.
    /// </summary>
    public static T Find<T>(this IGrainFactory grains, string key)
        where T : IGrainWithStringKey => Find(() => grains.GetGrain<T>(key));

    /// <inheritdoc cref="Find{T}(IGrainFactory, string)"/>
    public static T Find<T>(this IGrainFactory grains, long key)
        where T : IGrainWithIntegerKey => Find(() => grains.GetGrain<T>(key));

    private static T Find<T>(Func<T> get)
    {
        try
        {
            return get();
        }
        catch (ArgumentException exception)
        {
            throw new SiloUnavailableException("No node that hosts sessions is known yet.", exception);
        }
    }
}
