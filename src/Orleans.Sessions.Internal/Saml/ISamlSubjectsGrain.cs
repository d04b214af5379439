namespace Orleans.Sessions.Saml;

/// <summary>
/// Finds people by the names that service providers got in assertions. The key is 0; there may be any number of activations.
/// </summary>
[Alias("sessions.ISamlSubjectsGrain")]
public interface ISamlSubjectsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// The newest login of the person with this name at this service provider whose session is alive; <c>null</c> if there is none. The
    /// name must have the format, if one is given. In-cluster only. Fails with <c>SESSION-Store</c>.
    /// </summary>
    [Alias("Find")]
    Task<SamlAnswer?> FindAsync(string entityId, string nameId, string? format);
}
