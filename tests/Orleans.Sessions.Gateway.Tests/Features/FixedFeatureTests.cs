using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Features;
using Orleans.Sessions.Protocol.FeatureV2;

namespace Orleans.Sessions.Gateway.Tests.Features;

/// <summary>The features that nobody can change.</summary>
public sealed class FixedFeatureTests
{
    [Fact]
    public void Each_flag_of_an_answer_has_its_value()
    {
        foreach (var answer in new IMessage[] { new GetSystemFeaturesResponse(), new GetInstanceFeaturesResponse() })
        {
            FixedFeatures.In(answer);

            var flags = answer.Descriptor.Fields.InDeclarationOrder().Where(IsFlag).ToList();
            Assert.NotEmpty(flags);
            Assert.All(flags, flag => Assert.Equal(Source.System, ((FeatureFlag?)flag.Accessor.GetValue(answer))?.Source));
        }
    }

    private static bool IsFlag(FieldDescriptor field) =>
        field.FieldType == FieldType.Message && field.MessageType == FeatureFlag.Descriptor;
}
