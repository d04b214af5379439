using System.Buffers.Text;
using System.Text;
using Fido2NetLib;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.WebAuthn;
using Orleans.Sessions.WebAuthn.Fido;

namespace Orleans.Sessions.Tests.WebAuthn;

/// <summary>Whose metadata of authenticators counts.</summary>
public sealed class MetadataTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid s_model = new("2fc0579f-8113-47ea-b116-bb5a8db9202a");

    private readonly TestAuthority _authority = new();
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Metadata_that_leads_to_the_configured_root_is_read()
    {
        var payload = await ReadAsync(Signed());
        Assert.Equal(s_model, Assert.Single(payload.Entries).AaGuid);
        Assert.Equal(AuthenticatorStatus.FIDO_CERTIFIED_L1, Assert.Single(payload.Entries[0].StatusReports).Status);
    }

    [Fact]
    public async Task Metadata_of_anybody_else_is_refused()
    {
        using var other = new TestAuthority();
        await Assert.ThrowsAsync<FormatException>(() => ReadAsync(TestBlob.Sign(other, [])));
        await Assert.ThrowsAsync<FormatException>(() => ReadAsync(TestBlob.Sign(_authority, [], signer: "www.example.com")));
        await Assert.ThrowsAsync<FormatException>(() => ReadAsync(TestBlob.Sign(_authority, [], until: s_now.AddDays(-1))));
        await Assert.ThrowsAsync<FormatException>(() => ReadAsync(TestBlob.Sign(_authority, [], algorithm: "none")));
        await Assert.ThrowsAsync<FormatException>(() => ReadAsync(TestBlob.Sign(_authority, [], algorithm: "HS256")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no token")]
    [InlineData("e30.e30.e30")]
    [InlineData("eyJhbGciOiJFUzI1NiIsIng1YyI6W119.e30.e30")]
    [InlineData("eyJhbGciOiJFUzI1NiIsIng1YyI6ImEifQ.e30.e30")]
    [InlineData("eyJhbGciOiJFUzI1NiIsIng1YyI6WyJBQUFBIl19.e30.e30")]
    public async Task What_is_no_metadata_is_refused(string text) => await Assert.ThrowsAsync<FormatException>(() => ReadAsync(text));

    [Fact]
    public async Task Metadata_that_was_changed_is_refused()
    {
        var parts = Signed().Split('.');
        var changed = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("L1", "L3", StringComparison.Ordinal);
        parts[1] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(changed));
        await Assert.ThrowsAsync<FormatException>(() => ReadAsync(string.Join('.', parts)));
    }

    [Fact]
    public async Task An_older_edition_does_not_replace_a_newer_one()
    {
        var metadata = new AuthenticatorMetadata(new FakeTimeProvider(s_now));
        Assert.False(metadata.IsCurrent);
        Assert.True(metadata.Take(await ReadAsync(TestBlob.Sign(_authority, [], number: 7))));
        Assert.False(metadata.Take(await ReadAsync(Signed(number: 6))));
        Assert.Null(metadata.Find(s_model));
        Assert.True(metadata.Take(await ReadAsync(Signed(number: 7))));
        Assert.NotNull(metadata.Find(s_model));
        Assert.True(metadata.IsCurrent);
    }

    [Fact]
    public async Task A_file_is_read_and_a_failure_leaves_the_last_edition()
    {
        var clock = new FakeTimeProvider(s_now);
        var metadata = new AuthenticatorMetadata(clock);
        var options = new WebAuthnOptions();
        options.Metadata.File = Path.Combine(_folder, "blob.jwt");
        options.Metadata.Roots = Path.Combine(_folder, "roots.pem");
        await File.WriteAllTextAsync(options.Metadata.Roots, _authority.Root.ExportCertificatePem());
        await File.WriteAllTextAsync(options.Metadata.File, Signed() + "\n");
        using var refresh = new MetadataRefresh(
            metadata,
            Options.Create(options),
            TestEgress.Http(),
            clock,
            NullLogger<MetadataRefresh>.Instance
        );

        await refresh.ReadAsync(CancellationToken.None);
        await File.WriteAllTextAsync(options.Metadata.File, "broken");

        await Assert.ThrowsAsync<FormatException>(() => refresh.ReadAsync(CancellationToken.None));
        Assert.NotNull(metadata.Find(s_model));
    }

    [Fact]
    public async Task An_address_inside_the_network_is_not_called_unless_the_configuration_names_it()
    {
        var clock = new FakeTimeProvider(s_now);
        var options = new WebAuthnOptions();
        options.Metadata.Url = "http://10.255.255.1/";
        options.Metadata.Roots = Path.Combine(_folder, "roots.pem");
        await File.WriteAllTextAsync(options.Metadata.Roots, _authority.Root.ExportCertificatePem());
        using var refresh = new MetadataRefresh(
            new AuthenticatorMetadata(clock),
            Options.Create(options),
            TestEgress.Http(),
            clock,
            NullLogger<MetadataRefresh>.Instance
        );

        await Assert.ThrowsAsync<HttpRequestException>(() => refresh.ReadAsync(CancellationToken.None));
    }

    private string Signed(int number = 1) =>
        TestBlob.Sign(_authority, [TestBlob.Entry(s_model, _authority, [("FIDO_CERTIFIED_L1", "2025-01-01")], "hardware")], number);

    private Task<MetadataBLOBPayload> ReadAsync(string text) => MetadataBlob.ReadAsync(text, [_authority.Root], TestBlob.Signer, s_now);
}
