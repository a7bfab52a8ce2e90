using System.Diagnostics;
using OsProcess = System.Diagnostics.Process;

namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>This program, once more, as a process of its own that carries out a hidden command.</summary>
internal static class OwnProgram
{
    /// <summary>Starts it, with its standard input and output in the caller's hands.</summary>
    /// <param name="arguments">The hidden command and its options.</param>
    /// <returns>The process.</returns>
    public static OsProcess Start(IReadOnlyList<string> arguments)
    {
        var program = Environment.ProcessPath
            ?? throw new BenchmarkException(
                "This program does not know its own path, so it cannot start a process of its own.");
        string[] self =
            Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(OwnProgram).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. self, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return OsProcess.Start(start)!;
    }
}
