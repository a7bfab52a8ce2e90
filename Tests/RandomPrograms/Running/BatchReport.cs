using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>What a batch of programs was.</summary>
/// <param name="Processes">How many processes there were, with children.</param>
/// <param name="Steps">How many steps were completed.</param>
/// <param name="Attempts">How many attempts have begun.</param>
/// <param name="Acts">How many signals and controls were sent.</param>
/// <param name="Faults">What is not allowed, each a sentence; none when all is well.</param>
/// <param name="Failed">The programs that it can be laid to; none when it is not that of single programs.</param>
/// <param name="IsStuck">Whether it has come to nothing; then the cluster is not to be used again.</param>
internal sealed record BatchReport(
    int Processes,
    int Steps,
    int Attempts,
    int Acts,
    IReadOnlyList<string> Faults,
    IReadOnlyList<RandomProgram> Failed,
    bool IsStuck);
