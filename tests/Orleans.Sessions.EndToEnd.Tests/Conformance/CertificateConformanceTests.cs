using Orleans.Sessions.EndToEnd.Conformance.Harness;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance;

/// <summary>The modules of plans for clients with TLS certificates, with a service that asks for them.</summary>
public sealed class CertificateConformanceTests(MutualTlsHost host) : IClassFixture<MutualTlsHost>
{
    public static TheoryData<string, string> Modules => ConformanceRun.Modules(plan => plan.NeedsCertificates);

    [Theory, MemberData(nameof(Modules))]
    public Task A_module_passes_or_does_what_the_table_says(string planName, string moduleName) =>
        ConformanceRun.RunAsync(host.Api, planName, moduleName, host);
}
