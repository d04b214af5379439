using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Addresses;

/// <summary>
/// Which addresses callers may have people sent to, with what proves who they are in the address: after a login at an external provider, and by links in messages.
/// Whoever could choose freely would get the login of anybody who follows a genuine link.
/// </summary>
public sealed class ReturnAddresses
{
    private readonly FrozenSet<string> _origins;
    private readonly bool _isListed;

    /// <summary>Made once per silo.</summary>
    public ReturnAddresses(IOptions<ReturnAddressOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _isListed = options.Value.ReturnOrigins.Count > 0;
        _origins = _isListed
            ? options.Value.ReturnOrigins.Select(origin => WebAddress.OriginOf(WebAddress.Parse(origin)!)).ToFrozenSet(StringComparer.Ordinal)
            : options.Value.OwnOrigins.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// Fails with <paramref name="malformed"/> unless <paramref name="address"/> is a plain address of the web, and with <paramref name="foreign"/> unless this caller may
    /// name it.
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

        // Where nothing is configured nobody but developers can be there.
        return !_isListed && WebAddress.IsProtected(uri) && (caller.IsLoginFrontend || (_origins.Count == 0 && WebAddress.IsLoopback(uri)));
    }
}
