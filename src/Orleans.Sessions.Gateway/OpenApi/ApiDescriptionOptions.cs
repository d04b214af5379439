namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>Whether anybody may read what the service offers; configuration section <c>Sessions:ApiDescription</c>.</summary>
public sealed class ApiDescriptionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:ApiDescription";

    /// <summary>
    /// Whether <c>/docs</c>, <c>/openapi/v2.json</c> and the reflection of gRPC and Connect are there, for anybody. They say nothing that
    /// is not public.
    /// </summary>
    public bool Enabled { get; set; } = true;
}
