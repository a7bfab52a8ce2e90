namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>Interprets programs as a work chain.</summary>
/// <param name="world">The outside.</param>
[Process(ProgramTypes.Chain)]
public sealed class Chain(World world) : ChainInterpreter(world);
