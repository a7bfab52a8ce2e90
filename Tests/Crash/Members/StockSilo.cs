using System.Diagnostics;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Crash.Members;

/// <summary>The stock silo's program, as an operator runs it.</summary>
internal static class StockSilo
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Starts it.</summary>
    /// <param name="database">Its database; null for an embedded silo.</param>
    /// <param name="args">Its command and options.</param>
    /// <returns>The process.</returns>
    public static OsProcess Start(string? database, params string[] args) => StartProgram("Silo", database, [], args);

    /// <summary>Runs it to its end.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="args">Its command and options.</param>
    /// <returns>Its exit code, and what it printed.</returns>
    public static Task<(int ExitCode, string Output)> RunAsync(string database, params string[] args) =>
        RunProgramAsync("Silo", database, args);

    /// <summary>Runs it with more in its environment.</summary>
    /// <param name="environment">Variables.</param>
    /// <param name="args">Its command and options.</param>
    /// <returns>Its exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        (string Name, string Value)[] environment,
        params string[] args)
    {
        using var process = StartProgram("Silo", database: null, environment, args);
        return await EndAsync(process);
    }

    /// <summary>Waits for its end, and reads what it prints until then.</summary>
    /// <param name="process">The process.</param>
    /// <returns>Its exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> EndAsync(OsProcess process)
    {
        var cancel = TestContext.Current.CancellationToken;
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(cancel),
            process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel).WaitAsync(Limit, cancel);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Runs it, or a host of one's own, to its end.</summary>
    /// <param name="project">The program's project.</param>
    /// <param name="database">Its database.</param>
    /// <param name="args">Its command and options.</param>
    /// <returns>Its exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunProgramAsync(
        string project,
        string database,
        params string[] args)
    {
        using var process = StartProgram(project, database, [], args);
        return await EndAsync(process);
    }

    /// <summary>Starts it, asks for its health again and again, and stops it in order.</summary>
    /// <param name="database">Its database; null for an embedded silo.</param>
    /// <param name="args">Its options.</param>
    /// <returns>Each line that it printed, from its start to its end.</returns>
    public static async Task<IReadOnlyList<string>> LiveAsync(string? database, params string[] args)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var silo = Start(database, args);
        List<string> lines = [];
        try
        {
            string[] told = [];
            while (told.Length < 2
                && await silo.StandardOutput.ReadLineAsync(cancel).AsTask().WaitAsync(Limit, cancel) is { } line)
            {
                lines.Add(line);
                told = line.Split(" Health: ");
            }

            using var http = new HttpClient();
            for (var probe = 0; probe < 20; probe++)
            {
                (await http.GetStringAsync(new Uri(told[1]), cancel)).ShouldBe("ready");
            }

            using var terminate = OsProcess.Start("kill", ["-TERM", $"{silo.Id}"]);
            var (exitCode, rest) = await EndAsync(silo);
            lines.AddRange(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            exitCode.ShouldBe(0, string.Join('\n', lines));
            return lines;
        }
        finally
        {
            silo.Kill();
        }
    }

    /// <summary>
    /// The class and number of each entry, among the lines of the console. Without what a silo says when the machine
    /// gives it no processor for a second.
    /// </summary>
    /// <param name="lines">The lines.</param>
    /// <returns>Them, in order.</returns>
    public static IReadOnlyList<string> EventsOf(IEnumerable<string> lines) =>
    [
        .. lines
            .Where(static line => line.Length > 6 && line[4..6] == ": ")
            .Select(static line => line[(line.LastIndexOf('.') + 1)..])
            .Where(static entry =>
                !entry.StartsWith("LocalSiloHealthMonitor", StringComparison.Ordinal)
                && entry != "SiloSupervision[400021]"),
    ];

    private static OsProcess StartProgram(
        string project,
        string? database,
        (string Name, string Value)[] environment,
        string[] args)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        string[] all =
        [
            Path.Combine(here.FullName, "..", "..", project, here.Name, $"Orleans.Workflows.{project}.dll"),
            .. args,
        ];
        var start = new ProcessStartInfo("dotnet", all)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Workflows"] = database;
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return OsProcess.Start(start)!;
    }
}
