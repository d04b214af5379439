using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Protocol.EventsV1;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Gateway.Events;

/// <summary>Reads the audit trail for callers who have the right to see it.</summary>
internal sealed class EventService(Grains grains) : Protocol.EventsV1.EventService.EventServiceBase
{
    private const int DefaultLimit = 100;

    public override async Task<SearchEventsResponse> SearchEvents(SearchEventsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var query = new AuditQuery
        {
            From = TimeOf(request.From, "from"),
            Until = TimeOf(request.Until, "until"),
            Kinds = [.. request.Kinds],
            Outcome = request.Outcome == Outcome.Unspecified ? null : (AuditOutcome)request.Outcome,
            ActorId = Filter(request.ActorId),
            TargetKind = Filter(request.TargetKind),
            TargetId = Filter(request.TargetId),
            OrganizationId = Filter(request.OrganizationId),
            SessionId = Filter(request.SessionId),
            ClientId = Filter(request.ClientId),
            Source = Filter(request.Source),
            Limit = request.Limit == 0 ? DefaultLimit : (int)Math.Min(request.Limit, int.MaxValue),
            After = PositionOf(request.Cursor),
        };
        var found = await grains.CallOnceAsync(() => grains.Audit.SearchAsync(caller, query), context.CancellationToken);
        var response = new SearchEventsResponse { NextCursor = found.Length == query.Limit ? CursorOf(found[^1]) : "" };
        response.Events.AddRange(found.Select(Message));
        return response;
    }

    public override Task<ListEventKindsResponse> ListEventKinds(ListEventKindsRequest request, ServerCallContext context)
    {
        var response = new ListEventKindsResponse();
        response.Kinds.AddRange(
            AuditKinds
                .All.Values.OrderBy(kind => kind.Name, StringComparer.Ordinal)
                .Select(kind => new EventKind { Name = kind.Name, Meaning = kind.Meaning })
        );
        return Task.FromResult(response);
    }

    private static Event Message(AuditRow row) =>
        new()
        {
            Id = row.Id.ToString(CultureInfo.InvariantCulture),
            At = Timestamps.Of(row.At),
            Kind = row.Kind,
            Outcome = (Outcome)row.Outcome,
            Reason = row.Reason ?? "",
            ActorKind = (ActorKind)row.ActorKind,
            ActorId = row.ActorId ?? "",
            OrganizationId = row.OrganizationId ?? "",
            TargetKind = row.TargetKind ?? "",
            TargetId = row.TargetId ?? "",
            Source = row.Source ?? "",
            UserAgent = row.UserAgent ?? "",
            ClientId = row.ClientId ?? "",
            Session = row.Session ?? "",
            RequestId = row.RequestId ?? "",
            Detail = row.Detail ?? "",
            Count = (uint)row.Count,
        };

    private static string? Filter(string text) => text.Length > 0 ? text : null;

    private static DateTimeOffset? TimeOf(Timestamp? time, string field)
    {
        try
        {
            return time?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw new InvalidRequestException($"{field} is no time between the years 1 and 9999");
        }
    }

    /// <summary>The position of the last event of a page. It is only a position: it gives its holder no access to further events.</summary>
    private static string CursorOf(AuditRow last) =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Instant.ToMicroseconds(last.At)}.{last.Id}"))
        );

    private static AuditPosition? PositionOf(string cursor)
    {
        if (cursor.Length == 0)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[200];
        if (
            Base64Url.DecodeFromChars(cursor, bytes, out _, out var length) == OperationStatus.Done
            && Encoding.ASCII.GetString(bytes[..length]).Split('.') is [var at, var id]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && microseconds < 253_402_300_800_000_000
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            return new AuditPosition(Instant.FromMicroseconds(microseconds), number);
        }

        throw new InvalidRequestException("cursor must be the nextCursor of an earlier answer");
    }
}
