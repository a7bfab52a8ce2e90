namespace Orleans.Workflows.Storage;

/// <summary>Times as stores keep them: whole microseconds since 1970, UTC.</summary>
internal static class StoredTime
{
    /// <summary>Writes a time.</summary>
    /// <returns>Microseconds; parts of one are cut off.</returns>
    public static long ToMicroseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Reads a time.</summary>
    /// <param name="microseconds">Microseconds since 1970.</param>
    /// <returns>The time, UTC.</returns>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>A time as it will be read again.</summary>
    /// <returns>The time without parts of a microsecond, UTC.</returns>
    public static DateTimeOffset Cut(DateTimeOffset time) => FromMicroseconds(ToMicroseconds(time));
}
