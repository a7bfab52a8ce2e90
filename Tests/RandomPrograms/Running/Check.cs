using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.RandomPrograms.Model;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>
/// Checks one program that was run: its outcome and its tree against the model, its history, its ledger, and what its
/// client was told.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="root">Its process.</param>
/// <param name="program">The program.</param>
internal sealed class Check(RandomCluster cluster, ProcessId root, RandomProgram program)
{
    private readonly int _number = int.Parse(
        root.Value.AsSpan(root.Value.IndexOf('-', StringComparison.Ordinal) + 1),
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Finds faults.</summary>
    /// <param name="told">What its client is told.</param>
    /// <param name="isStuck">
    /// Whether the batch has come to nothing; then it need not have ended, unless it is this one that is stuck.
    /// </param>
    /// <returns>The faults, each with the number of the program.</returns>
    public async Task<IReadOnlyList<(int? Program, string Text)>> FaultsAsync(Task<ProcessOutcome?> told, bool isStuck)
    {
        if (!cluster.Store.Views.TryGetValue(root, out var view))
        {
            return [(_number, $"{root} was never stored")];
        }

        var tree = TreeOf(root).ToList();
        if (tree.FirstOrDefault(static member => !member.Row.State.IsTerminal()) is { } open)
        {
            var inbox = (await cluster.Store.Inner.LoadAsync(open.Row.Id, CancellationToken.None))!.Inbox;
            var waits = Explanation.Of(open.Row, open.Checkpoint, inbox);
            return
            [
                (
                    _number,
                    $"{open.Row.Id} is stuck: {open.Row.State} at the instruction {open.At}, version "
                    + $"{open.Row.Version}. It waits for: {waits} Pending: "
                    + $"{string.Join(", ", inbox.Select(static message => $"{message.Kind} {message.Name} {message.Seen}"))}"
                ),
            ];
        }

        var faults = Judge.FaultsOf(Reference.Of(program), Observe(view)).ToList();
        foreach (var member in tree)
        {
            faults.AddRange(LedgerFaults(member));
            faults.AddRange(await HistoryFaultsAsync(member));
        }

        if (!isStuck)
        {
            faults.AddRange(await ToldFaultsAsync(view, told));
        }

        return [.. faults.Select(text => ((int?)_number, text))];
    }

    private IEnumerable<ProcessView> TreeOf(ProcessId id) =>
        cluster.Store.Views.Values.Where(view => view.Row.Root == id);

    private Observed Observe(ProcessView view)
    {
        var groups = cluster
            .Store.Views.Values.Where(child => child.Row.Parent == view.Row.Id)
            .GroupBy(static child => child.Row.ParentStep)
            .OrderBy(static group => group.Key)
            .Select(group =>
                (IReadOnlyList<Observed>)[.. group.OrderBy(static child => child.Row.ParentIndex).Select(Observe)]);
        return new Observed
        {
            Id = view.Row.Id.Value,
            State = view.Row.State.ToString(),
            ExitCode = view.Row.ExitCode,
            Notes = view.Notes,
            Reach = cluster.World.DeedsOf(view.Row.Id).Select(static deed => deed.Instruction).DefaultIfEmpty(-1).Max(),
            Groups = [.. groups],
        };
    }

    private IEnumerable<string> LedgerFaults(ProcessView view)
    {
        var id = view.Row.Id;
        foreach (var step in cluster.World.DeedsOf(id).GroupBy(static deed => deed.Step))
        {
            var winner = cluster.Store.WinnerOf(id, step.Key);
            if (step.Select(static deed => deed.Key).Distinct().Count() > 1)
            {
                yield return $"{id} has several idempotency keys for step {step.Key}";
            }

            if (
                step.GroupBy(static deed => (deed.Attempt, deed.IsDone))
                    .FirstOrDefault(static same => same.Count() > 1) is
                { } twice)
            {
                yield return $"{id} has run attempt {twice.Key.Attempt} of step {step.Key} twice";
            }

            if (winner is not null && !step.Any(deed => deed.IsDone && deed.Attempt == winner))
            {
                yield return $"{id} has stored the end of step {step.Key} by attempt {winner}, which never came to its "
                    + "end";
            }

            if (step.FirstOrDefault(deed => deed.Attempt > winner) is { } late)
            {
                yield return $"{id} has run attempt {late.Attempt} of step {step.Key}, whose attempt {winner} was "
                    + "stored";
            }

            if (
                step.Key > view.Checkpoint.Step
                || (step.Key == view.Checkpoint.Step && view.Row.State == ProcessState.Finished))
            {
                yield return $"{id} has run step {step.Key}, and has stored {view.Checkpoint.Step} only";
            }
        }
    }

    private async Task<IEnumerable<string>> HistoryFaultsAsync(ProcessView view)
    {
        var id = view.Row.Id;
        var history = await cluster.Store.Inner.ReadHistoryAsync(id, 0, int.MaxValue, CancellationToken.None);
        var faults = new List<string>();
        if (
            !history
                .Select(static entry => entry.Version)
                .SequenceEqual(Enumerable.Range(1, (int)view.Row.Version).Select(static version => (long)version)))
        {
            faults.Add(
                $"{id} has version {view.Row.Version} and the history "
                + $"{string.Join(",", history.Select(static entry => entry.Version))}");
        }

        var kinds = history
            .SelectMany(static entry => entry.Events.Select(happened => (entry.Version, happened.Kind)))
            .ToList();
        var steps = kinds.Count(static happened =>
            happened.Kind is HistoryKind.StepCompleted or HistoryKind.StepSkipped);
        if (steps != view.Checkpoint.Step)
        {
            faults.Add($"{id} has {view.Checkpoint.Step} steps and {steps} of them in its history");
        }

        var ends = kinds
            .Where(static happened =>
                happened.Kind is HistoryKind.Finished or HistoryKind.Excepted or HistoryKind.Killed)
            .ToList();
        if (ends.Count != 1 || ends[0].Version != view.Row.Version)
        {
            faults.Add(
                $"{id} has the ends {string.Join(", ", ends)} in its history, and the version {view.Row.Version}");
        }

        return faults;
    }

    /// <summary>Who awaited the end is told what is stored. A notice may be lost; who asks again is told.</summary>
    private async Task<IEnumerable<string>> ToldFaultsAsync(ProcessView view, Task<ProcessOutcome?> told)
    {
        var outcome = told.IsCompletedSuccessfully ? await told : null;
        try
        {
            outcome ??= await cluster.Client.GetHandle(root).WaitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            return [$"{root} has ended, and its client is not told within 30 s"];
        }

        return
            outcome.State == view.Row.State
            && outcome.ExitCode == view.Row.ExitCode
            && (outcome.Output ?? []).SequenceEqual(view.Row.Output ?? [])
            ? []
            :
            [
                $"{root} is {view.Row.State} {view.Row.ExitCode}, and its client was told {outcome.State} "
                + $"{outcome.ExitCode}",
            ];
    }
}
