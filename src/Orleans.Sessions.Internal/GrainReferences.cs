using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>
/// Creates references to grains of one interface. <c>GetGrain&lt;T&gt;</c> looks up attributes and formats type names at each call. On a
/// path that takes about ten microseconds this cost is visible, so this class does it once.
/// </summary>
/// <typeparam name="T">The grain interface; exactly one class implements it.</typeparam>
public sealed class GrainReferences<T>(IGrainFactory grains, GrainInterfaceTypeResolver interfaces)
    where T : IGrainWithStringKey
{
    private readonly GrainInterfaceType _interface = interfaces.GetGrainInterfaceType(typeof(T));
    private GrainType _type;

    /// <summary>The grain with this key (see <see cref="GrainKeys"/>), whether or not a record is stored under it.</summary>
    public T Get(string key)
    {
        if (_type.IsDefault)
        {
            // The class that implements the interface is known only when the cluster's manifest is known: at the first call, not before.
            var first = grains.GetGrain<T>(key);
            if (first is not GrainReference reference)
            {
                return first;
            }

            _type = reference.GrainId.Type;
        }

        return (T)grains.GetGrain(GrainId.Create(_type, key), _interface);
    }
}
