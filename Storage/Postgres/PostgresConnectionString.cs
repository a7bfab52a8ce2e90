using System.Globalization;
using Npgsql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>Reads connection strings, and finds what is wrong with them before anything connects.</summary>
public static class PostgresConnectionString
{
    private const int LastPort = 65_535;

    /// <summary>Finds what is wrong with a connection string.</summary>
    /// <param name="connectionString">The connection string, as Npgsql reads it.</param>
    /// <returns>
    /// Each fault with its remedy, as a sentence without its subject: 'names no Host.' Empty when it can be used. It
    /// is never quoted, for it may hold a password.
    /// </returns>
    public static IReadOnlyList<string> FindFaults(string connectionString)
    {
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (IsOfReading(e))
        {
            // Not even the exception's message is shown: it can quote a part of a password that has a semicolon.
            return
            [
                "cannot be read as a connection string of PostgreSQL (it is not shown, for it may hold a password); " +
                "quote values that have semicolons.",
            ];
        }

        if (string.IsNullOrWhiteSpace(parts.Host))
        {
            return ["names no Host."];
        }

        var faults = new List<string>();
        if (parts.Multiplexing)
        {
            faults.Add(
                "sets Multiplexing, with which statements of several transactions share a session. Leave it out: " +
                "writes share their round trips anyway.");
        }

        if (parts.TargetSessionAttributes is "standby" or "prefer-standby" or "read-only")
        {
            faults.Add(
                $"sets Target Session Attributes to {parts.TargetSessionAttributes}; a silo writes. Leave it out: " +
                "of several hosts the primary is taken.");
        }

        if (!IsUtf8(parts.Encoding) || !IsUtf8(parts.ClientEncoding))
        {
            faults.Add("sets an Encoding or a Client Encoding that is not UTF8. Leave it out.");
        }

        var ports = parts.Host.Split(',').Select(host => PortOf(host, parts.Port)).Distinct();
        faults.AddRange(ports.Where(static port => !IsPort(port))
            .Select(static port => $"names the port {port}; a port is 1 to {LastPort}."));
        return faults.Count > 0 ? faults : FindContradictions(parts);
    }

    /// <summary>Whether an exception says that a connection string, or a part of it, cannot be read.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>Whether it does.</returns>
    internal static bool IsOfReading(Exception exception) =>
        exception is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException
            or OverflowException or NotSupportedException or InvalidOperationException;

    // Values that do not go together are found by Npgsql alone, and only when something is made of them.
    private static IReadOnlyList<string> FindContradictions(NpgsqlConnectionStringBuilder parts)
    {
        try
        {
            using var source = PostgresSessions.Open(parts, settings: null);
            return [];
        }
        catch (Exception e) when (IsOfReading(e))
        {
            return [$"has values that do not go together: {e.Message.TrimEnd('.')}."];
        }
    }

    private static string PortOf(string host, int general)
    {
        var colon = host.LastIndexOf(':');
        var isAddress = host.IndexOf(':') < colon && host.LastIndexOf(']') != colon - 1;
        return colon < 0 || isAddress || Path.IsPathRooted(host.Trim())
            ? general.ToString(CultureInfo.InvariantCulture)
            : host[(colon + 1)..].Trim();
    }

    private static bool IsPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and <= LastPort;

    private static bool IsUtf8(string? encoding) => encoding is null
        || encoding.Replace("-", "", StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase);
}
