using System.Text.Json;
using Npgsql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>How values are written in columns and read from them.</summary>
internal static class Columns
{
    private const string NoTags = "{}";

    /// <summary>Writes a time.</summary>
    /// <returns>The time, UTC; parts of a microsecond are cut off.</returns>
    public static DateTime ToColumn(this DateTimeOffset time) => StoredTime.Cut(time).UtcDateTime;

    /// <summary>Writes a time that may be missing.</summary>
    /// <returns>The time, UTC.</returns>
    public static DateTime? ToColumn(this DateTimeOffset? time) => time?.ToColumn();

    /// <summary>Writes tags.</summary>
    public static string ToColumn(this IReadOnlyDictionary<string, string> tags) =>
        tags.Count == 0 ? NoTags : JsonSerializer.Serialize(tags);

    /// <summary>Writes the events of a commit.</summary>
    public static string ToColumn(this IReadOnlyList<HistoryEvent> events) => JsonSerializer.Serialize(events);

    /// <summary>Reads tags.</summary>
    public static IReadOnlyDictionary<string, string> Tags(this NpgsqlDataReader reader, int column) =>
        reader.GetString(column) is var json && json == NoTags
            ? new Dictionary<string, string>()
            : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    /// <summary>Reads the events of a commit.</summary>
    public static IReadOnlyList<HistoryEvent> Events(this NpgsqlDataReader reader, int column) =>
        StoredHistory.Read(reader.GetString(column));

    /// <summary>Reads an id.</summary>
    public static ProcessId Id(this NpgsqlDataReader reader, int column) => ProcessId.Parse(reader.GetString(column));

    /// <summary>Reads an id that may be missing.</summary>
    public static ProcessId? IdOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Id(column);

    /// <summary>Reads a time.</summary>
    public static DateTimeOffset Time(this NpgsqlDataReader reader, int column) =>
        reader.GetFieldValue<DateTimeOffset>(column);

    /// <summary>Reads a time that may be missing.</summary>
    public static DateTimeOffset? TimeOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Time(column);

    /// <summary>Reads a number that may be missing.</summary>
    public static int? IntOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt32(column);

    /// <summary>Reads the kind of an incident.</summary>
    /// <returns>The kind; null when there is no incident.</returns>
    public static IncidentCode? IncidentOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : (IncidentCode)reader.GetInt16(column);

    /// <summary>Reads a text that may be missing.</summary>
    public static string? TextOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Reads bytes.</summary>
    public static byte[] Bytes(this NpgsqlDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);

    /// <summary>Reads bytes that may be missing.</summary>
    public static byte[]? BytesOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Bytes(column);
}
