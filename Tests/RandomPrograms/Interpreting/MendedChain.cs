namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>Interprets programs as a work chain whose failures are incidents.</summary>
/// <param name="world">The outside.</param>
[Process(ProgramTypes.MendedChain, FailureIsIncident = true)]
public sealed class MendedChain(World world) : ChainInterpreter(world);
