using System.Globalization;
using Npgsql;

namespace Orleans.Workflows.Linked;

/// <summary>
/// What has to be right with a connection string of PostgreSQL whoever uses it, silo, client or tool. It is never
/// quoted, for it may hold a password.
/// </summary>
internal static class ConnectionText
{
    private const int LastPort = 65_535;

    /// <summary>
    /// Each fault with its remedy, as a sentence without its subject: 'names no Host.' Empty when it can be used.
    /// </summary>
    public static IReadOnlyList<string> FindFaults(string text, bool needsDatabase)
    {
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (IsOfReading(e))
        {
            // Not even the exception's message is shown: it can quote a part of a password that has a semicolon.
            return
            [
                "cannot be read as a connection string of PostgreSQL (it is not shown, for it may hold a password); "
                + "quote values that have semicolons.",
            ];
        }

        if (string.IsNullOrWhiteSpace(parts.Host))
        {
            return ["names no Host."];
        }

        var faults = parts
            .Host.Split(',')
            .Select(host => PortOf(host, parts.Port))
            .Distinct()
            .Where(static port => !IsPort(port))
            .Select(static port => $"names the port {port}; a port is 1 to {LastPort}.")
            .ToList();
        return faults.Count == 0 && needsDatabase && string.IsNullOrEmpty(parts.Database)
            ? ["names no Database."]
            : faults;
    }

    /// <summary>Names the database in messages: server and database, without user and password.</summary>
    public static string NameOf(string text)
    {
        var parts = new NpgsqlConnectionStringBuilder(text);
        return $"{parts.Host}:{parts.Port}/{parts.Database}";
    }

    /// <summary>Whether an exception says that a connection string, or a part of it, cannot be read.</summary>
    public static bool IsOfReading(Exception exception) =>
        exception is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException
            or OverflowException or NotSupportedException or InvalidOperationException;

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
}
