using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.WebAuthn;

/// <summary>Where the metadata of authenticators comes from; configuration section <c>Sessions:WebAuthn:Metadata</c>.</summary>
internal sealed class MetadataOptions
{
    /// <summary>A file with the signed metadata (BLOB) of the FIDO metadata service. It is read as often as <c>Refresh</c> says.</summary>
    public string? File { get; set; }

    /// <summary>
    /// The address of the signed metadata instead of a file, such as <c>https://mds3.fidoalliance.org/</c>. None: nothing is fetched.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>
    /// A file with one or more certificates in PEM. The certificate of the signature must lead to one of them; for the FIDO Alliance's
    /// service that is GlobalSign Root CA - R3. Required with <c>File</c> or <c>Url</c>.
    /// </summary>
    public string? Roots { get; set; }

    /// <summary>The name in the certificate of the signature, because a public root has issued many certificates.</summary>
    public string Signer { get; set; } = "mds.fidoalliance.org";

    /// <summary>How often the metadata is read: one minute to seven days. After a failure it is tried again within an hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = "Sessions:WebAuthn:Metadata:Refresh must be 1 minute to 7 days.")]
    public TimeSpan Refresh { get; set; } = TimeSpan.FromHours(6);
}
