using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.Xml;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Sessions.Gateway.Saml.ServiceProviders;
using Orleans.Sessions.Gateway.Tests.Saml.Harness;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>What is taken for metadata at an address, and what is not.</summary>
public sealed class MetadataFetchTests
{
    private const string Url = "https://wiki.example/metadata";
    private const string Metadata =
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" ID=\"_m\" entityID=\"urn:wiki\"><a/></EntityDescriptor>";

    private static readonly ImmutableArray<byte> s_pinned = [.. Messages.Key.RawData];

    [Fact]
    public async Task A_document_is_taken_as_it_is_and_with_a_certificate_if_its_key_has_signed_all_of_it()
    {
        Assert.Equal(new MetadataFetch(Url, Metadata), await FetchAsync(Metadata));
        var signed = Messages.Signed(Metadata).OuterXml;
        var pin = MetadataFetch.PinOf(s_pinned);
        Assert.Equal(new MetadataFetch(Url, signed) { Pin = pin }, await FetchAsync(signed, s_pinned));
        Assert.Equal(new MetadataFetch(Url, $"\uFEFF{signed}\n") { Pin = pin }, await FetchAsync($"\uFEFF{signed}\n", s_pinned));
    }

    [Fact]
    public async Task A_signature_that_is_missing_wrong_weak_or_not_of_the_key_is_refused()
    {
        using var other = Messages.NewKey();
        var signed = Messages.Signed(Metadata).OuterXml;

        Assert.Contains("not signed", await FaultAsync(Metadata), StringComparison.Ordinal);
        var changed = signed.Replace("urn:wiki", "urn:evil", StringComparison.Ordinal);
        Assert.Contains("wrong", await FaultAsync(changed), StringComparison.Ordinal);
        Assert.Contains("wrong", await FaultAsync(Messages.Signed(Metadata, other).OuterXml), StringComparison.Ordinal);
        var weak = Messages.Signed(Metadata, algorithm: SignedXml.XmlDsigRSASHA1Url, digest: SignedXml.XmlDsigSHA1Url).OuterXml;
        Assert.Contains(SignedXml.XmlDsigRSASHA1Url, await FaultAsync(weak), StringComparison.Ordinal);

        // A signature inside of something else covers less than what is read.
        var wrapped = $"<EntitiesDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" ID=\"_o\">{signed}</EntitiesDescriptor>";
        Assert.Contains("not signed", await FaultAsync(wrapped), StringComparison.Ordinal);
        Assert.Contains("DTD", await FaultAsync($"<!DOCTYPE x [<!ENTITY a \"b\">]>{signed}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_that_are_no_text_or_no_success_or_do_not_come_are_refused()
    {
        Assert.Contains("UTF-8", (await FetchAsync(_ => Answer(HttpStatusCode.OK, [0xFF, 0xFE]))).Fault, StringComparison.Ordinal);
        Assert.Contains("503", (await FetchAsync(_ => Answer(HttpStatusCode.ServiceUnavailable, []))).Fault, StringComparison.Ordinal);
        var unreachable = await FetchAsync(_ => throw new HttpRequestException("no"));
        Assert.Contains("cannot be reached", unreachable.Fault, StringComparison.Ordinal);
        var slow = await FetchAsync(_ => throw new TaskCanceledException("too late"));
        Assert.Contains("too slowly", slow.Fault, StringComparison.Ordinal);
        var large = await FetchAsync(_ => Answer(HttpStatusCode.OK, new byte[2048]), maxBytes: 1024);
        Assert.Contains("larger", large.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_does_not_repeat_the_query_of_an_address()
    {
        var log = new Warnings<MetadataFetcher>();
        using var http = new HttpClient(new Site(_ => throw new HttpRequestException("no")));
        using var fetcher = new MetadataFetcher(http, log);

        await fetcher.FetchAsync($"{Url}?key=secret", certificate: null, TestContext.Current.CancellationToken);

        var warning = Assert.Single(log.Messages);
        Assert.Contains(Url, warning, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", warning, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, byte[] body) => new(status) { Content = new ByteArrayContent(body) };

    private static Task<MetadataFetch> FetchAsync(string body, ImmutableArray<byte>? certificate = null) =>
        FetchAsync(_ => Answer(HttpStatusCode.OK, Encoding.UTF8.GetBytes(body)), certificate);

    private static async Task<MetadataFetch> FetchAsync(
        Func<HttpRequestMessage, HttpResponseMessage> answer,
        ImmutableArray<byte>? certificate = null,
        int maxBytes = 1024 * 1024
    )
    {
        using var http = new HttpClient(new Site(answer)) { MaxResponseContentBufferSize = maxBytes };
        using var fetcher = new MetadataFetcher(http, NullLogger<MetadataFetcher>.Instance);
        return await fetcher.FetchAsync(Url, certificate, TestContext.Current.CancellationToken);
    }

    private static async Task<string> FaultAsync(string body)
    {
        var fetch = await FetchAsync(body, s_pinned);
        Assert.Null(fetch.Xml);
        return fetch.Fault!;
    }

    private sealed class Site(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }
}
