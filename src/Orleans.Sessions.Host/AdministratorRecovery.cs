using Orleans.Sessions.Instance;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Host;

/// <summary>
/// The way back in for whoever runs the machine: <c>Orleans.Sessions.Host administrators recover</c> makes a new administrator. The command
/// and the service meet in the data folder: whoever can write there can replace the master key too. The command leaves a request there. The
/// service takes it within a second, or at its next start. Like at the first start, the token is on disk before the administrator exists,
/// so a crash between the steps loses nothing: the request is still there. Until the command reads the token, it lies in a file that only
/// the service's own user can read.
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
            // If there is an answer already, nobody has waited for it.
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
                    $"No service has taken the request yet. The next start with the data folder {folder} does; run this command again then."
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
