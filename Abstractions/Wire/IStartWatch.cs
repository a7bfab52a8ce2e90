namespace Orleans.Workflows.Abstractions;

/// <summary>
/// Is told by a host's client of starts without an id: another try of the caller starts another process.
/// </summary>
public interface IStartWatch
{
    /// <summary>A process is about to be started under a new id.</summary>
    /// <param name="type">The name of its type.</param>
    void StartsWithoutId(string type);
}
