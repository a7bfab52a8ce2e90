namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>The children of a parent that names one of them.</summary>
/// <param name="Children">How many there are.</param>
/// <param name="Index">Which one it names.</param>
/// <param name="Id">Its name.</param>
public sealed record NamingInput(int Children, int Index, ProcessId Id);
