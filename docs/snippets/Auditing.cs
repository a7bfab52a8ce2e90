using Orleans.Workflows;

namespace Snippets;

public static class Auditing
{
    // Called from a step, however deep: no argument has to say for which process.
    public static string Author() =>
        CurrentProcess.Identity is { } process
            ? $"{process.Type} {process.ProcessId} at {process.Position}"
            : "nobody";
}
