using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Rpc;

namespace Orleans.Sessions.Gateway.Tests.Rpc;

/// <summary>Tools that learn the API by reflection write the names of JSON as the API does.</summary>
public sealed class JsonNamesTests
{
    [Fact]
    public void Every_field_has_the_name_that_it_has_in_json()
    {
        var file = Protocol.SessionV2.SessionService.Descriptor.File;
        foreach (var known in file.Dependencies.Append(file))
        {
            var named = FileDescriptorProto.Parser.ParseFrom(JsonNames.AddTo(known.SerializedData));

            Assert.Equal(
                known.MessageTypes.SelectMany(message => message.Fields.InDeclarationOrder()).Select(field => field.JsonName),
                named.MessageType.SelectMany(message => message.Field).Select(field => field.JsonName)
            );
        }
    }
}
