using System.Text.Json;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.RandomPrograms.Interpreting;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>A process as of one commit.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Checkpoint">Its checkpoint.</param>
/// <param name="Program">What it runs.</param>
internal sealed record ProcessView(ProcessRow Row, Checkpoint Checkpoint, RandomProgram Program)
{
    /// <summary>The instruction at which it is; -1 before the first one.</summary>
    public int At => Program.IsChain() ? PlaceOf(Checkpoint).At : Layout.InstructionAt(Program, Checkpoint.Step);

    /// <summary>That instruction; null when there is none.</summary>
    public Instruction? Instruction => At >= 0 && At < Program.Instructions.Count ? Program.Instructions[At] : null;

    /// <summary>Whether it waits for a signal.</summary>
    public bool WaitsForSignal =>
        Row is { State: ProcessState.Waiting, Paused: false } && Checkpoint.Wait is WaitState.Signal;

    /// <summary>Its notes.</summary>
    public IReadOnlyDictionary<string, string> Notes =>
        Program.IsChain() ? PlaceOf(Checkpoint).Notes : NotesOf(Row.Output ?? Checkpoint.Outputs?.Utf8);

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="before">The same process before; null for a new one.</param>
    /// <returns>The process.</returns>
    public static ProcessView Of(ProcessRow row, ProcessView? before) =>
        new(
            row,
            Checkpoint.Read(row.Checkpoint),
            before?.Program ?? WorkflowJson.Read<RandomProgram>(row.Input, "program")!);

    private static ChainPlace PlaceOf(Checkpoint checkpoint) =>
        checkpoint.Context is { } context
            ? JsonSerializer.Deserialize<ChainPlace>(context.Utf8, WorkflowJson.Options)!
            : new ChainPlace();

    private static IReadOnlyDictionary<string, string> NotesOf(byte[]? output) =>
        output is null ? new Dictionary<string, string>() : WorkflowJson.Read<ProgramOutput>(output, "output")!.Notes;
}
