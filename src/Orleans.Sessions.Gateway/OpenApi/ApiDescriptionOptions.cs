namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>Whether anybody may read what the service offers; configuration section <c>Sessions</c>.</summary>
public sealed class ApiDescriptionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>Whether <c>/openapi/v2.json</c>, <c>/docs</c> and the reflection of gRPC and Connect are there. They say nothing that is not public. Default: yes.</summary>
    public bool DescribeApi { get; set; } = true;
}
