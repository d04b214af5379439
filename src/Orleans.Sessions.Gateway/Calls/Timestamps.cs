using Google.Protobuf.WellKnownTypes;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>Instants in messages.</summary>
internal static class Timestamps
{
    /// <summary>An instant with the precision of the contract: microseconds.</summary>
    public static Timestamp Of(DateTimeOffset instant) =>
        Timestamp.FromDateTimeOffset(instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond)));
}
