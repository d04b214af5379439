namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>Whether the description of the API is public; configuration section <c>Sessions</c>.</summary>
public sealed class ApiDescriptionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>
    /// Whether <c>/openapi/v2.json</c>, <c>/docs</c> and the reflection of gRPC and Connect are available. They contain only public
    /// information. Default: yes.
    /// </summary>
    public bool DescribeApi { get; set; } = true;
}
