using System.IO.Pipelines;
using System.Text;
using Orleans.Sessions.Gateway.Http2;

namespace Orleans.Sessions.Gateway.Tests.Http2;

/// <summary>The check of the first bytes of a connection.</summary>
public sealed class ConnectionPrefaceTests
{
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private const string EmptySettings = "\0\0\0\u0004\0\0\0\0\0";
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    private readonly Pipe _pipe = new();

    [Theory]
    [InlineData(Preface + EmptySettings, true)]
    [InlineData(Preface + EmptySettings + "more", true)]
    [InlineData("GET / HTTP/1.1", false)]
    [InlineData("G", false)]
    [InlineData("PRI * HTTP/1.1\r\n", false)]
    public async Task Bytes_decide_and_are_left_to_be_read(string bytes, bool isHttp2)
    {
        await WriteAsync(bytes);
        Assert.Equal(isHttp2, await ConnectionPreface.IsNextAsync(_pipe.Reader, s_long));
        Assert.Equal(bytes, await ReadAsync());
    }

    [Fact]
    public async Task An_end_in_the_middle_is_no_preface()
    {
        await WriteAsync("PRI");
        await _pipe.Writer.CompleteAsync();
        Assert.False(await ConnectionPreface.IsNextAsync(_pipe.Reader, s_long));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PRI * HTTP/2.0")]
    [InlineData(Preface)]
    [InlineData(Preface + "\0\0\0\u0004")]
    public async Task Silence_is_neither(string before)
    {
        await WriteAsync(before);
        Assert.Null(await ConnectionPreface.IsNextAsync(_pipe.Reader, TimeSpan.FromMilliseconds(20)));
    }

    private async Task WriteAsync(string bytes) =>
        await _pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes(bytes), TestContext.Current.CancellationToken);

    private async Task<string> ReadAsync()
    {
        var read = await _pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(read.Buffer);
    }
}
