namespace Orleans.Workflows.Cli.Commands;

/// <summary>A command that asks a cluster.</summary>
/// <param name="name">What it is called.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Whole command lines for its help.</param>
internal abstract class ClientCommand(string name, string description, params string[] examples)
    : OwfCommand(name, description, examples)
{
    /// <summary>Does it.</summary>
    /// <param name="run">The arguments, the cluster and the place for the answer.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public abstract Task<int> RunAsync(CommandRun run);
}
