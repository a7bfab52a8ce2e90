using System.Text.Json.Nodes;
using Orleans.Workflows.CrashHost.Storm.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>A process ends in the way and with the output that its input asks for.</summary>
internal static class EndCheck
{
    /// <summary>Checks how a process ended.</summary>
    /// <param name="process">The process.</param>
    /// <param name="killed">Whether somebody asked to kill it, so that it may have been killed.</param>
    /// <returns>What is wrong.</returns>
    public static IEnumerable<Violation> Find(ProcessEvidence process, bool killed)
    {
        var isDue =
            process.Type == StormTypes.Doomed.Name
                ? process is { State: ProcessState.Killed, ExitCode: EngineExitCodes.DeadlineExceeded }
                : process is { State: ProcessState.Finished, ExitCode: EngineExitCodes.Success };
        if (process.Ended && !isDue && !(killed && process.State is ProcessState.Killed))
        {
            yield return new Violation(
                ViolationKind.WrongEnd,
                process.Id,
                $"it is {process.State} with exit code {process.ExitCode}, and nobody asked for that");
        }

        if (
            process.State is ProcessState.Finished
            && Expectation.Of(process.Type, process.Input).Output is { } output
            && !JsonNode.DeepEquals(
                JsonNode.Parse(output),
                process.Output is null ? null : JsonNode.Parse(process.Output)))
        {
            yield return new Violation(
                ViolationKind.WrongOutput,
                process.Id,
                $"its output is {process.Output ?? "missing"}, expected {output}");
        }
    }
}
