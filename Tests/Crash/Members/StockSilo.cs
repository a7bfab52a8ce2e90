using System.Diagnostics;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Crash.Members;

/// <summary>The stock silo's program, as an operator runs it.</summary>
internal static class StockSilo
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Starts it.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="args">Its command and options.</param>
    /// <returns>The process.</returns>
    public static OsProcess Start(string database, params string[] args) => StartProgram("Silo", database, args);

    /// <summary>Runs it to its end.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="args">Its command and options.</param>
    /// <returns>Its exit code, and what it printed.</returns>
    public static Task<(int ExitCode, string Output)> RunAsync(string database, params string[] args) =>
        RunProgramAsync("Silo", database, args);

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
        var cancel = TestContext.Current.CancellationToken;
        using var process = StartProgram(project, database, args);
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(cancel),
            process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel).WaitAsync(Limit, cancel);
        return (process.ExitCode, await output + await error);
    }

    private static OsProcess StartProgram(string project, string database, string[] args)
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
        return OsProcess.Start(start)!;
    }
}
