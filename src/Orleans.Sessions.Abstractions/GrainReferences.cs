using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>
/// References to grains of one interface. <c>GetGrain&lt;T&gt;</c> looks up attributes and formats type names each time, which shows on a path
/// of some ten microseconds; here that is done once.
/// </summary>
/// <typeparam name="T">The grain interface; exactly one class implements it.</typeparam>
public sealed class GrainReferences<T>(IGrainFactory grains, GrainInterfaceTypeResolver interfaces)
    where T : IGrainWithStringKey
{
    private readonly GrainInterfaceType _interface = interfaces.GetGrainInterfaceType(typeof(T));
    private GrainType _type;

    /// <summary>The grain with this key (see <see cref="GrainKeys"/>), whether there is anything stored under it or not.</summary>
    public T Get(string key)
    {
        if (_type.IsDefault)
        {
            // Which class implements the interface is known once the cluster's manifest is: at the first call, not before.
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
