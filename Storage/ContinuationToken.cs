using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Orleans.Workflows.Storage;

/// <summary>The place where a list of processes goes on.</summary>
/// <param name="Order">The list's order.</param>
/// <param name="CreatedAt">When the last one of the page before was stored, in microseconds.</param>
/// <param name="Id">Its id.</param>
internal readonly record struct ContinuationToken(ProcessOrder Order, long CreatedAt, ProcessId Id)
{
    /// <summary>Reads the place that a query goes on from, and checks its page size.</summary>
    /// <returns>The place; null for the first page.</returns>
    /// <exception cref="ArgumentException">
    /// The page size is not 1 to 1,000, or the continuation is not one of this list's.
    /// </exception>
    public static ContinuationToken? Of(ProcessQuery query)
    {
        if (query.PageSize is < 1 or > WorkflowLimits.MaxPageSize)
        {
            throw new ArgumentException(
                $"The page size is {query.PageSize}: give 1 to {WorkflowLimits.MaxPageSize}.",
                nameof(query));
        }

        if (query.Continue is null)
        {
            return null;
        }

        return TryRead(query.Continue) is { } token && token.Order == query.Order
            ? token
            : throw new ArgumentException(
                $"'{query.Continue}' does not continue this list: give the Next of a page of the same query, "
                + $"unchanged, or null for the first page.",
                nameof(query));
    }

    /// <summary>The token as text.</summary>
    /// <returns>Base64url.</returns>
    public override string ToString() =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"1|{(int)Order}|{CreatedAt}|{Id.Value}")));

    private static ContinuationToken? TryRead(string text)
    {
        var bytes = new byte[text.Length];
        if (!Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var length))
        {
            return null;
        }

        return Encoding.UTF8.GetString(bytes, 0, length).Split('|') is ["1", var order, var createdAt, var id]
            && int.TryParse(order, NumberStyles.None, CultureInfo.InvariantCulture, out var orderNumber)
            && long.TryParse(
                createdAt,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var microseconds)
            && ProcessId.TryParse(id, out var processId)
            ? new ContinuationToken((ProcessOrder)orderNumber, microseconds, processId)
            : null;
    }
}
