namespace Orleans.Workflows.Cli.Reading;

/// <summary>Reads the id of a process that is to be started.</summary>
internal static class NewProcessId
{
    /// <summary>Reads an id.</summary>
    /// <exception cref="ArgumentException">It is none, or one that only the engine gives.</exception>
    public static ProcessId Parse(string text)
    {
        var id = ProcessId.Parse(text);
        id.ThrowIfNotForClients();
        return id;
    }
}
