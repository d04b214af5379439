using Orleans.Sessions.Instance;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host;

/// <summary>
/// Makes a new administrator for whoever runs the machine, on the command <c>Orleans.Sessions.Host administrators recover</c>. The command
/// writes a request into the data folder (who can write there can also replace the master key). The service carries it out within a second,
/// or at its next start. The token is on disk before the administrator exists, as at the first start, and the request is deleted last: so a
/// crash between the steps loses nothing. Only the service's own user can read the file of the token, and the command deletes it.
/// </summary>
internal sealed partial class AdministratorRecovery(
    IGrainFactory grains,
    StorageOptions storage,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<AdministratorRecovery> log
) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>The command. Prints the token once, and removes it from the disk.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = WebApplication
            .CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory })
            .Configuration;
        var folder = Path.GetFullPath(StorageOptions.From(configuration).DataPath);
        var (request, answer) = (RequestIn(folder), TokenIn(folder));
        try
        {
            // An answer to an earlier request, for which the command did not wait long enough, is used first.
            if (!File.Exists(request) && !File.Exists(answer))
            {
                PrivateFile.Write(request, "");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The data folder {folder} cannot be written: {exception.Message}");
            return 1;
        }

        for (var waited = TimeSpan.Zero; File.Exists(request); waited += s_pause)
        {
            if (waited >= s_patience)
            {
                await Console.Error.WriteLineAsync(
                    $"No service has carried out the request. Start the service with the data folder {folder}, then run this command again."
                );
                return 1;
            }

            await Task.Delay(s_pause);
        }

        string token;
        try
        {
            token = (await File.ReadAllTextAsync(answer)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(
                $"The answer {answer} cannot be read: {exception.Message} Run this command as the user of the service, and once at a time."
            );
            return 1;
        }

        Console.WriteLine(
            $"""
            The new administrator's personal access token is
              {token}
            It is not shown again.
            """
        );
        File.Delete(answer);
        return 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pause, clock);
        do
        {
            try
            {
                if (File.Exists(RequestIn(storage.DataPath)))
                {
                    await RecoverAsync(stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The request stays, so the next round tries again.
                Failed(log, exception);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var path = TokenIn(storage.DataPath);
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, PersonalAccessToken.Create(await ids.NextAsync(), await ids.NextAsync()));
        }

        var token = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        var userId = await GrainCalls.RepeatIdempotentAsync(
            () => grains.GetGrain<IInstanceGrain>(GrainKeys.Instance).RecoverAsync(token),
            clock,
            cancellationToken
        );
        File.Delete(RequestIn(storage.DataPath));
        Recovered(log, userId);
    }

    private static string RequestIn(string folder) => Path.Combine(folder, "recover.request");

    private static string TokenIn(string folder) => Path.Combine(folder, "recover.pat");

    [LoggerMessage(LogLevel.Warning, "A new administrator, user {UserId}, was made from this machine's command line")]
    private static partial void Recovered(ILogger log, string userId);

    [LoggerMessage(LogLevel.Error, "The request for a new administrator could not be carried out yet")]
    private static partial void Failed(ILogger log, Exception exception);
}
