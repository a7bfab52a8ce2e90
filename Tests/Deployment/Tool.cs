using System.Diagnostics;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Deployment;

/// <summary>Runs a program of the machine to its end.</summary>
internal static class Tool
{
    /// <summary>Runs it in the repository's folder.</summary>
    /// <param name="limit">How long it may take.</param>
    /// <param name="environment">Variables to set, or with null to remove.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <returns>What it printed to standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has all that it printed.</exception>
    public static async Task<string> RunAsync(
        TimeSpan limit,
        IReadOnlyDictionary<string, string?> environment,
        params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var tool = OsProcess.Start(start)!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(limit);
        var output = tool.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = tool.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await tool.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            tool.Kill(entireProcessTree: true);
            throw new InvalidOperationException(
                $"Expected within {limit}: the end of {string.Join(' ', command)}. It "
                + $"printed:\n{await output}{await error}");
        }

        return tool.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{string.Join(' ', command)} ended with {tool.ExitCode}:\n{await output}{await error}");
    }
}
