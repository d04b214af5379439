using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Orleans.Sessions.Gateway.Validation;

/// <summary>
/// Checks the rules that the contract puts on fields (<c>validate.rules</c>), in the words of protoc-gen-validate, which clients of ZITADEL know;
/// the first broken rule is told. The rules of a message type are read once.
/// </summary>
internal static class RequestValidator
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessageRules> s_rules = new();

    /// <summary>Fails with <see cref="InvalidRequestException"/> when <paramref name="request"/> breaks a rule.</summary>
    public static void Validate(IMessage request)
    {
        if (Violation(request) is { } violation)
        {
            throw new InvalidRequestException(violation);
        }
    }

    /// <summary>The first violation in <paramref name="message"/>; <c>null</c>: it is valid.</summary>
    internal static string? Violation(IMessage message) =>
        s_rules.GetOrAdd(message.Descriptor, static descriptor => new MessageRules(descriptor)).Violation(message);
}
