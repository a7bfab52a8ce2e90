using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// What the sessions of a silo have in common: a name that says whose they are, so that the others can end them when it
/// is dead, and bounds on how long the server keeps them, and with them their locks, when nothing is heard of it any
/// more.
/// </summary>
public static class PostgresSessions
{
    /// <summary>Sessions that write.</summary>
    internal const string Writers = "writers";

    /// <summary>Sessions that read.</summary>
    internal const string Readers = "readers";

    /// <summary>Sessions that bring the schema up to date.</summary>
    internal const string Schema = "schema";

    /// <summary>Sessions that read the server's clock, and whose the database is.</summary>
    internal const string Clock = "clock";

    private const string ControlPlane = "control";
    private const string Product = "orleans-workflows";

    // What PostgreSQL keeps of a name.
    private const int LongestName = 63;
    private const int LongestSilo = 40;

    // On the server's side: without them it would find out after two hours that the machine of a silo has lost its
    // power, or its network. What a client that stands still does not take counts, too.
    private const string Alive =
        "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000";

    /// <summary>The connections of a silo's own membership, reminders and grain storage.</summary>
    /// <param name="connectionString">The database, as Npgsql reads it.</param>
    /// <param name="silo">The silo, as rows name their owner.</param>
    /// <returns>The connection string for Orleans' providers.</returns>
    public static string OfControlPlane(string connectionString, string silo) =>
        Of(new NpgsqlConnectionStringBuilder(connectionString), ControlPlane, silo).ConnectionString;

    /// <summary>Names sessions, and bounds their life.</summary>
    /// <param name="given">Where the database is. Options that are set there count.</param>
    /// <param name="role">What they do.</param>
    /// <param name="silo">Whose they are; null for no silo's.</param>
    /// <returns>How to connect.</returns>
    internal static NpgsqlConnectionStringBuilder Of(NpgsqlConnectionStringBuilder given, string role, string? silo)
    {
        var connection = new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            Options = $"{Alive} {given.Options}".TrimEnd(),

            // The environment of the silo must not choose another one.
            ClientEncoding = "UTF8",

            // A batch has the rows of many processes, and what it fails with is told to each of them, and to the log.
            IncludeErrorDetail = false,
            IncludeFailedBatchedCommand = false,

            // Nobody changes a session for later, so there is nothing to reset when it goes back into its pool.
            // Behind a pooler a reset would take the session's name, by which those of a dead silo are ended, and
            // what was set at its beginning.
            NoResetOnClose = true,

            // Of several servers the one that is written: what is read elsewhere may be older than what was
            // acknowledged.
            TargetSessionAttributes = IsOfSeveral(given) ? "primary" : null,
        };
        if (!given.TcpKeepAlive)
        {
            (connection.TcpKeepAlive, connection.TcpKeepAliveTime, connection.TcpKeepAliveInterval) = (true, 5, 2);
        }

        var suffix = silo is null ? $" {role}" : Suffix(role, silo);
        var beginning = given.ApplicationName ?? Product;
        connection.ApplicationName = given.ApplicationName is { } name && silo is null
            ? name
            : beginning[..Math.Min(beginning.Length, LongestName - suffix.Length)] + suffix;
        return connection;
    }

    /// <summary>Makes what opens sessions.</summary>
    /// <param name="connection">How to connect.</param>
    /// <param name="settings">
    /// Executed in each session before anything else; null for nothing. A pooler that works per session lets such a
    /// statement through, and drops or refuses what a session asks for when it begins.
    /// </param>
    /// <returns>Opens sessions of the primary.</returns>
    internal static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder connection, string? settings)
    {
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        builder.ConnectionStringBuilder.TargetSessionAttributes = null;
        if (settings is not null)
        {
            builder.UsePhysicalConnectionInitializer(
                session =>
                {
                    using var set = new NpgsqlCommand(settings, session);
                    set.ExecuteNonQuery();
                },
                async session =>
                {
                    await using var set = new NpgsqlCommand(settings, session);
                    await set.ExecuteNonQueryAsync();
                });
        }

        return IsOfSeveral(connection)
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }

    /// <summary>How the names of a silo's sessions end.</summary>
    /// <param name="silo">The silo, as rows name their owner.</param>
    /// <returns>The endings.</returns>
    internal static IEnumerable<string> Suffixes(string silo) =>
        new[] { Writers, Readers, ControlPlane }.Select(role => Suffix(role, silo));

    private static bool IsOfSeveral(NpgsqlConnectionStringBuilder connection) =>
        connection.Host?.Contains(',', StringComparison.Ordinal) is true;

    private static string Suffix(string role, string silo) =>
        $" {role} {(silo.Length <= LongestSilo ? silo : Hash(silo))}";

    private static string Hash(string silo) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(silo)))[..32];
}
