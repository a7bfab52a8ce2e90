namespace Orleans.Workflows.Cli.Commands;

/// <summary>A command that asks a cluster.</summary>
internal abstract class ClientCommand(string name, string description, params string[] examples)
    : OwfCommand(name, description, examples)
{
    /// <summary>Does it.</summary>
    /// <param name="run">The arguments, the cluster and the place for the answer.</param>
    public abstract Task<int> RunAsync(CommandRun run);
}
