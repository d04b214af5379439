using System.Text.Json.Serialization;
using Orleans.Sessions.Notifications.Senders;

namespace Orleans.Sessions.Notifications;

/// <summary>The generated JSON code of encrypted messages, of texts, of webhook bodies, and of the day's budget.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(NotificationContent))]
[JsonSerializable(typeof(LanguageTexts))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(MessageBudget))]
internal sealed partial class NotificationJsonContext : JsonSerializerContext;
