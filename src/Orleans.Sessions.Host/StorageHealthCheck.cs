using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host;

/// <summary>Ready while the database answers.</summary>
internal sealed class StorageHealthCheck(IUserDirectory users) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            await users.FindByLoginNameAsync("", cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}
