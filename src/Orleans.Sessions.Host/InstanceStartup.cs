using Orleans.Sessions.Instance;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host;

/// <summary>
/// Runs when the silo has joined. It reads the ids of this installation, and at the first start it creates the first administrator. The
/// token is on disk before the administrator exists. So a crash between the two steps never leaves an installation that nobody can
/// administer.
/// </summary>
internal sealed class InstanceStartup(
    IGrainFactory grains,
    InstanceAccessor instance,
    StorageOptions storage,
    IdGenerator ids,
    TimeProvider clock
) : IStartupTask
{
    public async Task Execute(CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IInstanceGrain>(GrainKeys.Instance);
        instance.Identity = await GrainCalls.RepeatIdempotentAsync(grain.GetAsync, clock, cancellationToken);

        var path = Path.Combine(storage.DataPath, "admin.pat");
        var isNew = !File.Exists(path);
        var token = isNew
            ? PersonalAccessToken.Create(await ids.NextAsync(), await ids.NextAsync())
            : (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        if (isNew)
        {
            PrivateFile.Write(path, token);
        }

        var isAdministrator = await GrainCalls.RepeatIdempotentAsync(() => grain.BootstrapAsync(token), clock, cancellationToken);
        if (!isNew)
        {
            return;
        }

        if (isAdministrator)
        {
            // If standard output does not go to a terminal, it is usually kept. Many people can read a container's log, for a long time.
            Console.WriteLine(
                Console.IsOutputRedirected
                    ? $"This is the first start. The administrator's personal access token is in {path}."
                    : $"""

                    This is the first start. The administrator's personal access token is
                      {token}
                    It is not shown again; it is kept in {path}.

                    """
            );
        }
        else
        {
            File.Delete(path);
        }
    }
}
