using System.Collections.Concurrent;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Interpreting;

/// <summary>The outside: its ledger has the effects of steps, and it decides which attempts fail.</summary>
public sealed class World
{
    private readonly ConcurrentDictionary<ProcessId, ConcurrentQueue<Deed>> _ledger = new();
    private readonly ConcurrentDictionary<(ProcessId Process, int Instruction), int> _failures = new();

    /// <summary>The ledger's lines of a process.</summary>
    /// <param name="process">The process.</param>
    /// <returns>The lines, in order.</returns>
    public IReadOnlyList<Deed> DeedsOf(ProcessId process) =>
        _ledger.TryGetValue(process, out var deeds) ? [.. deeds] : [];

    /// <summary>Removes the cause for which an instruction fails.</summary>
    /// <param name="process">The process.</param>
    /// <param name="instruction">The instruction.</param>
    public void MendCause(ProcessId process, int instruction) => _failures[(process, instruction)] = Instruction.Always;

    /// <summary>Does an effect.</summary>
    /// <param name="step">Who does it.</param>
    /// <param name="program">The program.</param>
    /// <param name="at">The instruction.</param>
    /// <returns>Completes when it is done.</returns>
    /// <exception cref="InvalidOperationException">The instruction fails this time.</exception>
    public async Task ActAsync(StepContext step, RandomProgram program, int at)
    {
        Note(step, at, isDone: false);
        var instruction = at < program.Instructions.Count ? program.Instructions[at] : new Instruction();
        if (instruction.Kind == InstructionKind.Hold)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, step.TimeProvider, step.CancellationToken);
        }

        if (instruction.Computes)
        {
            Thread.SpinWait(1_000 * (1 + instruction.Takes));
        }
        else if (instruction.Takes > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(instruction.Takes), TimeProvider.System, step.CancellationToken);
        }

        if (instruction.Fails > 0 && IsToFail(step.ProcessId, at, instruction.Fails))
        {
            throw new InvalidOperationException($"The instruction {at} fails.");
        }

        Note(step, at, isDone: true);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _ledger.Clear();
        _failures.Clear();
    }

    private bool IsToFail(ProcessId process, int at, int fails) =>
        fails == Instruction.Always
            ? _failures.GetValueOrDefault((process, at)) < Instruction.Always
            : _failures.AddOrUpdate((process, at), 1, static (_, times) => times + 1) <= fails;

    private void Note(StepContext step, int at, bool isDone) => _ledger.GetOrAdd(step.ProcessId, static _ => new())
        .Enqueue(new Deed(step.ProcessId.Value, step.StepNumber, step.IdempotencyKey, step.Attempt, at, isDone));
}
