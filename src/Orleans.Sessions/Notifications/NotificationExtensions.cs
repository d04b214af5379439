using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Notifications.Senders;

namespace Orleans.Sessions.Notifications;

/// <summary>Registers the delivery of messages.</summary>
public static class NotificationExtensions
{
    /// <summary>Adds the worker that delivers messages; every silo has one. It also needs the services of the grains.</summary>
    public static IServiceCollection AddNotificationDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton<NotificationTexts>();
        services.AddSingleton<NotificationRenderer>();
        services.AddSingleton<NotificationMeter>();
        services.AddSingleton<NotificationDelivery>();
        services.AddSingleton<SenderHttp>();
        var options = configuration.GetSection(NotificationOptions.Section).Get<NotificationOptions>() ?? new NotificationOptions();
        services.AddSender(
            OtpChannel.Email,
            options.Smtp is not null ? typeof(SmtpSender) : null,
            options.EmailWebhook,
            options.ShowAtDebugOutbox
        );
        services.AddSender(
            OtpChannel.Sms,
            options.Twilio is not null ? typeof(TwilioSender) : null,
            options.SmsWebhook,
            options.ShowAtDebugOutbox
        );
        services.AddHostedService<NotificationWorker>();
        return services;
    }

    private static void AddSender(this IServiceCollection services, OtpChannel channel, Type? own, WebhookOptions? webhook, bool isShown)
    {
        if (own is not null)
        {
            services.AddSingleton(typeof(INotificationSender), own);
        }
        else if (webhook is not null)
        {
            services.AddSingleton<INotificationSender>(provider => new WebhookSender(
                channel,
                webhook,
                provider.GetRequiredService<SenderHttp>(),
                provider.GetRequiredService<TimeProvider>()
            ));
        }
        else if (isShown)
        {
            services.AddSingleton<INotificationSender>(provider => new DebugOutboxSender(
                channel,
                provider.GetRequiredService<IGrainFactory>()
            ));
        }
    }
}
