using System.Text.Json;
using Npgsql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>How values are written in columns and read from them.</summary>
internal static class Columns
{
    private const string NoTags = "{}";

    /// <summary>Writes a time.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The time, UTC; parts of a microsecond are cut off.</returns>
    public static DateTime ToColumn(this DateTimeOffset time) => StoredTime.Cut(time).UtcDateTime;

    /// <summary>Writes a time that may be missing.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The time, UTC.</returns>
    public static DateTime? ToColumn(this DateTimeOffset? time) => time?.ToColumn();

    /// <summary>Writes tags.</summary>
    /// <param name="tags">The tags.</param>
    /// <returns>JSON.</returns>
    public static string ToColumn(this IReadOnlyDictionary<string, string> tags) =>
        tags.Count == 0 ? NoTags : JsonSerializer.Serialize(tags);

    /// <summary>Writes the events of a commit.</summary>
    /// <param name="events">The events.</param>
    /// <returns>JSON.</returns>
    public static string ToColumn(this IReadOnlyList<HistoryEvent> events) => JsonSerializer.Serialize(events);

    /// <summary>Reads tags.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The tags.</returns>
    public static IReadOnlyDictionary<string, string> Tags(this NpgsqlDataReader reader, int column) =>
        reader.GetString(column) is var json && json == NoTags
            ? new Dictionary<string, string>()
            : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    /// <summary>Reads the events of a commit.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The events.</returns>
    public static IReadOnlyList<HistoryEvent> Events(this NpgsqlDataReader reader, int column) =>
        StoredHistory.Read(reader.GetString(column));

    /// <summary>Reads an id.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The id.</returns>
    public static ProcessId Id(this NpgsqlDataReader reader, int column) => ProcessId.Parse(reader.GetString(column));

    /// <summary>Reads an id that may be missing.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The id.</returns>
    public static ProcessId? IdOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Id(column);

    /// <summary>Reads a time.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The time.</returns>
    public static DateTimeOffset Time(this NpgsqlDataReader reader, int column) =>
        reader.GetFieldValue<DateTimeOffset>(column);

    /// <summary>Reads a time that may be missing.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The time.</returns>
    public static DateTimeOffset? TimeOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Time(column);

    /// <summary>Reads a number that may be missing.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The number.</returns>
    public static int? IntOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt32(column);

    /// <summary>Reads the kind of an incident.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The kind; null when there is no incident.</returns>
    public static IncidentCode? IncidentOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : (IncidentCode)reader.GetInt16(column);

    /// <summary>Reads a text that may be missing.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The text.</returns>
    public static string? TextOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Reads bytes.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Bytes(this NpgsqlDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);

    /// <summary>Reads bytes that may be missing.</summary>
    /// <param name="reader">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The bytes.</returns>
    public static byte[]? BytesOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Bytes(column);
}
