using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Addresses;

/// <summary>
/// The addresses that callers may send people to, with a proof of identity in the address: after a login at an external provider, and by
/// links in messages. A caller with a free choice of address would get the login of anyone who follows a genuine link.
/// </summary>
internal sealed class ReturnAddresses
{
    private readonly FrozenSet<string> _origins;
    private readonly bool _isListed;

    /// <summary>Created once per silo.</summary>
    public ReturnAddresses(IOptions<ReturnAddressOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _isListed = options.Value.Origins.Count > 0;
        _origins = _isListed
            ? options.Value.Origins.Select(origin => WebAddress.OriginOf(WebAddress.Parse(origin)!)).ToFrozenSet(StringComparer.Ordinal)
            : options.Value.OwnOrigins.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// Fails with <paramref name="malformed"/> unless <paramref name="address"/> is a plain web address, and with
    /// <paramref name="foreign"/> if this caller may not name it.
    /// </summary>
    internal void Ensure(Caller caller, string address, SessionError malformed, SessionError foreign)
    {
        var uri = WebAddress.Parse(address) ?? throw new SessionException(malformed);
        if (!Allows(caller, uri))
        {
            throw new SessionException(foreign);
        }
    }

    private bool Allows(Caller caller, Uri uri)
    {
        if (_origins.Contains(WebAddress.OriginOf(uri)))
        {
            return true;
        }

        // Without any configured address only developers use the service.
        return !_isListed && WebAddress.IsProtected(uri) && (caller.IsLoginFrontend || (_origins.Count == 0 && WebAddress.IsLoopback(uri)));
    }
}
