using Google.Protobuf;
using Grpc.Core;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>Adds the names of JSON to the descriptors in the answers of server reflection.</summary>
/// <param name="answers">Where the answers go.</param>
/// <param name="filesOf">The descriptors in an answer; <c>null</c> if it has none.</param>
internal sealed class NamingStreamWriter<TResponse>(IServerStreamWriter<TResponse> answers, Func<TResponse, IList<ByteString>?> filesOf)
    : IServerStreamWriter<TResponse>
{
    public WriteOptions? WriteOptions
    {
        get => answers.WriteOptions;
        set => answers.WriteOptions = value;
    }

    public Task WriteAsync(TResponse message)
    {
        Name(message);
        return answers.WriteAsync(message);
    }

    public Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        Name(message);
        return answers.WriteAsync(message, cancellationToken);
    }

    private void Name(TResponse message)
    {
        var files = filesOf(message);
        for (var i = 0; i < files?.Count; i++)
        {
            files[i] = JsonNames.AddTo(files[i]);
        }
    }
}
