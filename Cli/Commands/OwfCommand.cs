using System.CommandLine;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>A command with examples.</summary>
internal abstract class OwfCommand(string name, string description, params string[] examples)
    : Command(name, description)
{
    /// <summary>Whole command lines for its help.</summary>
    public IReadOnlyList<string> Examples => examples;
}
