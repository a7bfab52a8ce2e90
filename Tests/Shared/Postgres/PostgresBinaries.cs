using System.Globalization;

namespace Orleans.Workflows.Shared.Postgres;

/// <summary>The installed programs of PostgreSQL.</summary>
/// <param name="folder">Where they are.</param>
public sealed class PostgresBinaries(string folder)
{
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>Finds them.</summary>
    /// <param name="searchPath">The folders to look into, in order.</param>
    /// <returns>The programs of the first folder that has a server.</returns>
    /// <exception cref="FileNotFoundException">There is none; the message says what to install.</exception>
    public static PostgresBinaries Find(IReadOnlyList<string> searchPath)
    {
        ArgumentNullException.ThrowIfNull(searchPath);
        var folder = searchPath.FirstOrDefault(static f =>
            File.Exists(System.IO.Path.Combine(f, "initdb")) && File.Exists(System.IO.Path.Combine(f, "postgres")));
        return folder is not null
            ? new PostgresBinaries(folder)
            : throw new FileNotFoundException(
                "PostgreSQL is not installed. Install the Debian package 'postgresql', or run ./test.sh as root, which "
                + "does. "
                + $"Sought were 'initdb' and 'postgres' in: {string.Join(", ", searchPath)}.");
    }

    /// <summary>Finds one program.</summary>
    /// <param name="name">Its name: 'pgbench'.</param>
    /// <returns>Its file.</returns>
    /// <exception cref="FileNotFoundException">It is not beside the server.</exception>
    public string Path(string name)
    {
        var file = System.IO.Path.Combine(folder, name);
        return File.Exists(file)
            ? file
            : throw new FileNotFoundException(
                $"PostgreSQL's '{name}' is not in {folder}. It comes with the Debian package 'postgresql'.");
    }

    /// <summary>The folders in which the programs usually are.</summary>
    /// <returns>Debian's, which are not on PATH, newest version first; then PATH.</returns>
    internal static IReadOnlyList<string> DefaultSearchPath()
    {
        var debian = Directory.Exists(DebianFolder) ? Directory.GetDirectories(DebianFolder) : [];
        return
        [
            .. debian.OrderByDescending(Version).Select(static f => System.IO.Path.Combine(f, "bin")),
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                System.IO.Path.PathSeparator,
                StringSplitOptions.RemoveEmptyEntries),
        ];
    }

    private static double Version(string folder) =>
        double.TryParse(System.IO.Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version)
            ? version
            : 0;
}
