using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Client;

/// <summary>The settings of a service inside the cluster that uses sessions.</summary>
public sealed class SessionClientOptions : IValidatableObject
{
    /// <summary>The caller of all calls. Default: a trusted client, which may do everything and owns no session.</summary>
    public Caller Caller { get; set; } = Caller.InCluster;

    /// <summary>How long a call that met a dying node is repeated. Default: 8 seconds.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// How often a subscription checks that the cluster still knows it and that it has missed nothing. After a node dies, events may arrive
    /// this much later. Default: 2 seconds.
    /// </summary>
    public TimeSpan RewatchEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Caller is null)
        {
            yield return new ValidationResult("SessionClientOptions.Caller must be set.", [nameof(Caller)]);
        }

        if (RetryFor < TimeSpan.Zero || RetryFor > TimeSpan.FromMinutes(5))
        {
            yield return new ValidationResult("SessionClientOptions.RetryFor must be 0 to 5 minutes.", [nameof(RetryFor)]);
        }

        if (RewatchEvery < TimeSpan.FromMilliseconds(100) || RewatchEvery > TimeSpan.FromMinutes(1))
        {
            yield return new ValidationResult(
                "SessionClientOptions.RewatchEvery must be 0.1 seconds to 1 minute: the cluster forgets a watcher that stays away.",
                [nameof(RewatchEvery)]
            );
        }
    }
}
