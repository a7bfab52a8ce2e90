namespace Orleans.Workflows.Grains.Storage;

/// <summary>How many processes have not ended. Each number is counted up to a limit.</summary>
/// <param name="Created">Created, paused or not.</param>
/// <param name="Running">Running, paused or not.</param>
/// <param name="Waiting">Waiting, paused or not.</param>
/// <param name="Paused">Paused, in whatever state.</param>
/// <param name="Incidents">With an open incident.</param>
public sealed record LiveProcesses(int Created, int Running, int Waiting, int Paused, int Incidents);
