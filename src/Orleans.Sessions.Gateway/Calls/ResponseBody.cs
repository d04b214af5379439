using System.IO.Pipelines;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>Writes the body of a response.</summary>
internal static class ResponseBody
{
    /// <summary>The number of bytes that the server buffers for a client before it waits for the client.</summary>
    public const int PieceBytes = 64 * 1024;

    /// <summary>
    /// Writes the body in pieces. The server allows each write a time that grows with its length, so one long write would give a very slow
    /// reader hours.
    /// </summary>
    public static async Task WriteAsync(PipeWriter writer, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        for (; body.Length > PieceBytes; body = body[PieceBytes..])
        {
            await writer.WriteAsync(body[..PieceBytes], cancellationToken);
        }

        await writer.WriteAsync(body, cancellationToken);
    }
}
