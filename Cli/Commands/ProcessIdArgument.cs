using System.CommandLine;
using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Makes the argument that names a process.</summary>
internal static class ProcessIdArgument
{
    /// <summary>Makes the argument.</summary>
    public static Argument<ProcessId> Create() =>
        new("ID") { Description = "The process", CustomParser = Parsed.One(ProcessId.Parse) };
}
