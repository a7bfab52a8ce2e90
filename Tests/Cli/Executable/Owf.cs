using System.Diagnostics;
using System.Text;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.CliTests.Executable;

/// <summary>The program itself, as a process of the operating system.</summary>
internal static class Owf
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>What it left behind.</returns>
    public static async Task<Ran> RunAsync(params string[] args)
    {
        using var owf = Start(args);
        return await EndAsync(owf);
    }

    /// <summary>Starts it.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>The process.</returns>
    public static OsProcess Start(params string[] args) => Start([], args);

    /// <summary>Starts it with environment variables.</summary>
    /// <param name="environment">The variables.</param>
    /// <param name="args">The arguments.</param>
    /// <returns>The process.</returns>
    public static OsProcess Start((string Name, string Value)[] environment, params string[] args) =>
        // Who runs the tests in the background may have had them ignore Ctrl+C, and owf would inherit that.
        Start("env", environment, ["--default-signal=INT", "dotnet", Program, .. args]);

    /// <summary>Runs a line of the shell.</summary>
    /// <param name="line">The line; <c>owf</c> and a space in it stand for the program.</param>
    /// <returns>What it left behind.</returns>
    public static async Task<Ran> RunInShellAsync(string line)
    {
        using var shell = Start(
            "/bin/sh",
            [],
            ["-c", line.Replace("owf ", $"dotnet {Program} ", StringComparison.Ordinal)]);
        return await EndAsync(shell);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Orleans.Workflows.Cli.dll");

    private static OsProcess Start(string file, (string Name, string Value)[] environment, string[] args)
    {
        var start = new ProcessStartInfo(file, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        environment.ToList().ForEach(variable => start.Environment[variable.Name] = variable.Value);
        return OsProcess.Start(start)!;
    }

    /// <summary>Waits for its end.</summary>
    /// <param name="owf">The process.</param>
    /// <returns>What it left behind.</returns>
    public static async Task<Ran> EndAsync(OsProcess owf)
    {
        var token = TestContext.Current.CancellationToken;
        var output = owf.StandardOutput.ReadToEndAsync(token);
        var error = owf.StandardError.ReadToEndAsync(token);
        await owf.WaitForExitAsync(token);
        return new Ran(owf.ExitCode, await output, await error);
    }
}
