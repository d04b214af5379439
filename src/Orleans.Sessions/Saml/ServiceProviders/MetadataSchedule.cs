namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>When metadata at an address are read again, and what a result means for the service provider.</summary>
internal static class MetadataSchedule
{
    private const string Older = "they are older than the copy in use: their validUntil is earlier, or missing";

    /// <summary>The shortest time between two attempts, whatever the metadata say.</summary>
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(15);

    /// <summary>The copy that was just read. Fails with <c>SAML-Sp006</c> if its validity is over.</summary>
    /// <param name="xml">The metadata.</param>
    /// <param name="entityId">The entity in them.</param>
    /// <param name="now">The present time.</param>
    /// <param name="longest">The longest time until they are read again.</param>
    public static MetadataCopy Copy(string xml, string entityId, DateTimeOffset now, TimeSpan longest)
    {
        var (validUntil, cacheDuration) = ServiceProviderMetadata.ValidityOf(xml, entityId);
        if (validUntil <= now)
        {
            throw new SessionException(SessionErrors.ServiceProviderMetadataExpired);
        }

        // After half of the validity there is time for further attempts.
        var wait = new[] { longest, cacheDuration ?? longest, validUntil is { } end ? (end - now) / 2 : longest }.Min();
        return new MetadataCopy
        {
            FetchedAt = now,
            DueAt = now + (wait > s_shortest ? wait : s_shortest),
            ValidUntil = validUntil,
        };
    }

    /// <summary>
    /// The service provider as the metadata describe it now. After a failure it is as it was, and the copy says why. If the metadata say
    /// the same as before, only the copy is newer.
    /// </summary>
    public static ServiceProvider Refreshed(ServiceProvider existing, MetadataFetch fetch, DateTimeOffset now, TimeSpan longest)
    {
        var fault = fetch.Fault;
        if (fetch.Xml is { } xml)
        {
            try
            {
                var read = ServiceProviderRules.Renewed(existing, xml);
                var copy = Copy(xml, read.EntityId, now, longest);
                if (!IsOlder(existing, copy))
                {
                    return ServiceProviderRules.IsSame(existing, read)
                        ? existing with
                        {
                            MetadataCopy = copy,
                        }
                        : read with
                        {
                            MetadataCopy = copy,
                            ChangedAt = now,
                        };
                }

                fault = Older;
            }
            catch (SessionException exception)
            {
                fault = exception.Error.Text;
            }
        }

        var kept = existing.MetadataCopy ?? new MetadataCopy { FetchedAt = existing.CreatedAt, DueAt = now };
        return existing with { MetadataCopy = kept with { DueAt = now + s_shortest, Fault = fault } };
    }

    /// <summary>
    /// Whether somebody could have brought back metadata of an earlier time: they were signed, but the key in them may have been withdrawn
    /// since then. Without a signature the address alone is trusted.
    /// </summary>
    private static bool IsOlder(ServiceProvider existing, MetadataCopy copy) =>
        existing is { MetadataCertificate: not null, MetadataCopy.ValidUntil: { } end } && !(copy.ValidUntil >= end);
}
