using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>Finds grains on other nodes.</summary>
public static class GrainFinding
{
    /// <summary>
    /// Gets a grain. A silo that joined a moment ago may not know yet what the other nodes host, and Orleans then reports that nobody
    /// implements the interface. In that case the method fails as if the node of the grain were unavailable.
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
