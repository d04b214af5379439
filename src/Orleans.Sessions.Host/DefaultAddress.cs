namespace Orleans.Sessions.Host;

internal static class DefaultAddress
{
    /// <summary>Listens on <paramref name="url"/> unless the operator configures an address: urls, ports, or Kestrel endpoints.</summary>
    public static void ListenByDefault(this WebApplicationBuilder builder, string url)
    {
        string[] keys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (
            keys.All(key => string.IsNullOrEmpty(builder.Configuration[key]))
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists()
        )
        {
            builder.WebHost.UseUrls(url);
        }
    }
}
