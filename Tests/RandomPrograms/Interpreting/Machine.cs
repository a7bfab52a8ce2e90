namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>Interprets programs as a step machine.</summary>
/// <param name="world">The outside.</param>
[Process(ProgramTypes.Machine)]
public sealed class Machine(World world) : MachineInterpreter(world);
