namespace Orleans.Sessions.Testing;

/// <summary>The settings of the service that tests use, as names of environment variables.</summary>
public static class Setting
{
#pragma warning disable CS1591 // The names say it.
    public const string DataPath = "Sessions__DataPath";
    public const string ConnectionString = "ConnectionStrings__Sessions";
    public const string SiloPort = "Orleans__Endpoints__SiloPort";
    public const string GatewayPort = "Orleans__Endpoints__GatewayPort";
    public const string AdvertisedAddress = "Orleans__Endpoints__AdvertisedIPAddress";
    public const string Role = "Sessions__Role";
    public const string AllowLoopback = "Sessions__Egress__AllowLoopback";
    public const string MasterKey = "Sessions__MasterKey";
    public const string Profile = "DOTNET_TieredPGO";
    public const string LogLevel = "Logging__LogLevel__Default";

    public const string MaxPasswordAttempts = "Sessions__Lockout__MaxPasswordAttempts";
    public const string MaxOtpAttempts = "Sessions__Lockout__MaxOtpAttempts";
    public const string LockUser = "Sessions__Lockout__LockUser";
    public const string BlockDuration = "Sessions__Lockout__BlockDuration";
    public const string TarpitStep = "Sessions__Lockout__Tarpit__StepDuration";
    public const string TarpitMaxDelay = "Sessions__Lockout__Tarpit__MaxDuration";
    public const string HashAlgorithm = "Sessions__Passwords__Algorithm";
    public const string HashThreads = "Sessions__Passwords__Threads";
    public const string HashMaxWait = "Sessions__Passwords__MaxWait";
    public const string HashesPerUser = "Sessions__Passwords__HashesPerUser";
    public const string Argon2Passes = "Sessions__Passwords__Argon2Passes";
    public const string Pbkdf2Rounds = "Sessions__Passwords__Pbkdf2Rounds";
    public const string TokenGrace = "Sessions__Tokens__Grace";
    public const string SweepInterval = "Sessions__Expiry__SweepInterval";
    public const string MaxSessionsPerUser = "Sessions__MaxSessionsPerUser";
    public const string Retention = "Sessions__Retention";
    public const string OtpLifetime = "Sessions__Codes__OtpLifetime";
    public const string SendsPerSession = "Sessions__Codes__SendsPerSession";
    public const string SmtpHost = "Sessions__Notifications__Smtp__Host";
    public const string SmtpPort = "Sessions__Notifications__Smtp__Port";
    public const string SmtpSecurity = "Sessions__Notifications__Smtp__Security";
    public const string SmtpUser = "Sessions__Notifications__Smtp__User";
    public const string SmtpPassword = "Sessions__Notifications__Smtp__Password";
    public const string SmtpFrom = "Sessions__Notifications__Smtp__From";
    public const string SmtpReplyTo = "Sessions__Notifications__Smtp__ReplyTo";
    public const string EmailWebhookUrl = "Sessions__Notifications__EmailWebhook__Url";
    public const string SmsWebhookUrl = "Sessions__Notifications__SmsWebhook__Url";
    public const string SmsWebhookKey = "Sessions__Notifications__SmsWebhook__SigningKey";
    public const string TwilioAccountSid = "Sessions__Notifications__Twilio__AccountSid";
    public const string TwilioAuthToken = "Sessions__Notifications__Twilio__AuthToken";
    public const string TwilioFrom = "Sessions__Notifications__Twilio__From";
    public const string TwilioApi = "Sessions__Notifications__Twilio__Api";
    public const string LoginUrl = "Sessions__Notifications__LoginUrl";
    public const string AllowRegister = "Sessions__LoginPolicy__AllowRegister";
    public const string TellChanges = "Sessions__Notifications__TellChanges";
    public const string ShowAtDebugOutbox = "Sessions__Notifications__ShowAtDebugOutbox";
    public const string Issuer = "Sessions__Authentication__Issuers__0__Issuer";
    public const string IssuerAudience = "Sessions__Authentication__Issuers__0__Audience";
#pragma warning restore CS1591
}
