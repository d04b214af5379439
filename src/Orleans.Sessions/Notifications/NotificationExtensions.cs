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
        services.AddSender(OtpChannel.Email, options);
        services.AddSender(OtpChannel.Sms, options);
        services.AddHostedService<NotificationWorker>();
        return services;
    }

    private static void AddSender(this IServiceCollection services, OtpChannel channel, NotificationOptions options)
    {
        switch (options.DeliveryOf(channel))
        {
            case Delivery.Direct:
                services.AddSingleton(typeof(INotificationSender), channel == OtpChannel.Email ? typeof(SmtpSender) : typeof(TwilioSender));
                break;
            case Delivery.Webhook:
                services.AddSingleton<INotificationSender>(provider => new WebhookSender(
                    channel,
                    options.WebhookOf(channel)!,
                    provider.GetRequiredService<SenderHttp>(),
                    provider.GetRequiredService<TimeProvider>()
                ));
                break;
            case Delivery.DebugOutbox:
                services.AddSingleton<INotificationSender>(provider => new DebugOutboxSender(
                    channel,
                    provider.GetRequiredService<IGrainFactory>()
                ));
                break;
        }
    }
}
