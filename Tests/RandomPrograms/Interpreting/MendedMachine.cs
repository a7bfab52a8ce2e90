namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>Interprets programs as a step machine whose failures are incidents.</summary>
/// <param name="world">The outside.</param>
[Process(ProgramTypes.MendedMachine, FailureIsIncident = true)]
public sealed class MendedMachine(World world) : MachineInterpreter(world);
