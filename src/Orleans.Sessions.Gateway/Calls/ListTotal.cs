using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Protocol.FilterV2;
using Orleans.Sessions.Protocol.ObjectV2;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>
/// The field of an answer that has the total of a list. Searches say themselves whether their total is exact. All other lists are counted
/// in memory, so their totals are exact.
/// </summary>
internal sealed class ListTotal
{
    private readonly FieldDescriptor _details;

    private ListTotal(FieldDescriptor details) => _details = details;

    /// <summary>The field; <c>null</c> if the answer is no list with a total.</summary>
    public static ListTotal? Of(MessageDescriptor answer) =>
        answer
            .Fields.InDeclarationOrder()
            .FirstOrDefault(field =>
                field is { FieldType: FieldType.Message, IsRepeated: false }
                && (field.MessageType == ListDetails.Descriptor || field.MessageType == PaginationResponse.Descriptor)
            )
            is { } details
            ? new ListTotal(details)
            : null;

    /// <summary>Completes an answer before it is written, and tells the client if its total is exact as it wished.</summary>
    public void Complete(IMessage answer, HttpContext http)
    {
        if (SetExactness(_details.Accessor.GetValue(answer)) && CountPreference.IsExact(http.Request))
        {
            CountPreference.Confirm(http.Response);
        }
    }

    /// <summary>Says in the answer that its total is exact, unless the search said already whether it is. Returns whether it is.</summary>
    private static bool SetExactness(object? details) =>
        details switch
        {
            ListDetails list => list.TotalIsExact = !list.HasTotalIsExact || list.TotalIsExact,
            PaginationResponse page => page.TotalIsExact = !page.HasTotalIsExact || page.TotalIsExact,
            _ => false,
        };
}
