using System.Text.Json;

namespace Orleans.Workflows.Storage;

/// <summary>Reads what a history row tells.</summary>
internal static class StoredHistory
{
    /// <summary>Reads the events of a commit. One row that was damaged must not hide the others.</summary>
    public static IReadOnlyList<HistoryEvent> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<HistoryEvent[]>(json) ?? throw new JsonException("The entry is null.");
        }
        catch (JsonException e)
        {
            return [new HistoryEvent(HistoryKind.EntriesMissing, $"The stored entry cannot be read: {e.Message}")];
        }
    }
}
