using Microsoft.Extensions.Logging.Console;

namespace Orleans.Sessions.Host;

internal static class LineFormatterExtensions
{
    /// <summary>Writes the log as lines, unless another formatter is configured. None of the formatters names a session.</summary>
    public static void AddLines(this ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddConsole();
        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        foreach (var formatter in logging.Services.Where(service => service.ServiceType == typeof(ConsoleFormatter)).ToList())
        {
            logging.Services.Remove(formatter);
            logging.Services.AddSingleton<ConsoleFormatter>(provider => new WithoutSessionIds(
                (ConsoleFormatter)ActivatorUtilities.CreateInstance(provider, formatter.ImplementationType!)
            ));
        }

        logging.Services.PostConfigure<ConsoleLoggerOptions>(console =>
            console.FormatterName = configuration["Logging:Console:FormatterName"] ?? LineFormatter.FormatterName
        );
    }
}
