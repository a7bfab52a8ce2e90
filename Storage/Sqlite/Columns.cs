using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Orleans.Workflows.Storage.Sqlite;

/// <summary>How values are written in columns and read from them.</summary>
internal static class Columns
{
    private const string NoTags = "{}";

    /// <summary>Writes a time.</summary>
    /// <returns>Microseconds since 1970.</returns>
    public static long ToColumn(this DateTimeOffset time) => StoredTime.ToMicroseconds(time);

    /// <summary>Writes a time that may be missing.</summary>
    /// <returns>Microseconds since 1970.</returns>
    public static object? ToColumn(this DateTimeOffset? time) =>
        time is { } value ? StoredTime.ToMicroseconds(value) : null;

    /// <summary>Writes tags, the same tags always as the same text.</summary>
    public static string ToColumn(this IReadOnlyDictionary<string, string> tags) =>
        tags.Count == 0
            ? NoTags
            : JsonSerializer.Serialize(
                new SortedDictionary<string, string>(tags.ToDictionary(), StringComparer.Ordinal));

    /// <summary>Writes the events of a commit.</summary>
    public static string ToColumn(this IReadOnlyList<HistoryEvent> events) => JsonSerializer.Serialize(events);

    /// <summary>Reads tags.</summary>
    public static IReadOnlyDictionary<string, string> Tags(this SqliteDataReader reader, int column) =>
        ReadTags(reader.GetString(column));

    /// <summary>Reads tags from their text.</summary>
    public static IReadOnlyDictionary<string, string> ReadTags(string json) =>
        json == NoTags
            ? new Dictionary<string, string>()
            : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    /// <summary>Reads the events of a commit.</summary>
    public static IReadOnlyList<HistoryEvent> Events(this SqliteDataReader reader, int column) =>
        StoredHistory.Read(reader.GetString(column));

    /// <summary>Reads an id.</summary>
    public static ProcessId Id(this SqliteDataReader reader, int column) => ProcessId.Parse(reader.GetString(column));

    /// <summary>Reads an id that may be missing.</summary>
    public static ProcessId? IdOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Id(column);

    /// <summary>Reads a time.</summary>
    public static DateTimeOffset Time(this SqliteDataReader reader, int column) =>
        StoredTime.FromMicroseconds(reader.GetInt64(column));

    /// <summary>Reads a time that may be missing.</summary>
    public static DateTimeOffset? TimeOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Time(column);

    /// <summary>Reads a number that may be missing.</summary>
    public static int? IntOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt32(column);

    /// <summary>Reads a text that may be missing.</summary>
    public static string? TextOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Reads bytes.</summary>
    /// <returns>The bytes; empty when they are missing.</returns>
    public static byte[] Bytes(this SqliteDataReader reader, int column) => reader.BytesOrNull(column) ?? [];

    /// <summary>Reads bytes that may be missing.</summary>
    public static byte[]? BytesOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
}
