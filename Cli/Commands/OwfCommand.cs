using System.CommandLine;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>A command with examples.</summary>
/// <param name="name">What it is called.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Whole command lines for its help.</param>
internal abstract class OwfCommand(string name, string description, params string[] examples)
    : Command(name, description)
{
    /// <summary>Whole command lines for its help.</summary>
    public IReadOnlyList<string> Examples => examples;
}
