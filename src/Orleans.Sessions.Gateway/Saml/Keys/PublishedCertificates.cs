using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Sessions.Gateway.Saml.Keys;

/// <summary>The certificates in the metadata.</summary>
/// <param name="All">The certificate that signs now, followed by the others.</param>
/// <param name="Announcement">How long a later certificate will be in the metadata before it signs; <c>null</c> if unknown.</param>
internal sealed record PublishedCertificates(ImmutableArray<X509Certificate2> All, TimeSpan? Announcement);
