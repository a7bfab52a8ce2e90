using Orleans.Workflows.Behaviour.Outlines;

namespace Orleans.Workflows.Behaviour.Callers;

/// <summary>Uses the client of a silo, from wherever it is called.</summary>
internal static class ClientUse
{
    /// <summary>Does it.</summary>
    /// <param name="client">The client.</param>
    /// <param name="use">How.</param>
    /// <param name="other">A process that somebody else has started.</param>
    /// <param name="options">For a process of its own.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The output of the process that it has used.</returns>
    public static async Task<WorkOutput> RunAsync(
        IProcessClient client,
        Use use,
        ProcessHandle<WorkOutput> other,
        StartOptions options,
        CancellationToken cancellationToken)
    {
        var input = new WorkInput("ok", 7);
        switch (use)
        {
            case Use.Start:
                var started = await client.StartAsync(Worker.Type, input, options, cancellationToken);
                return await started.GetResultAsync(cancellationToken);
            case Use.Create:
                var created = await client.CreateAsync(Worker.Type, input, options, cancellationToken);
                await created.ContinueAsync(cancellationToken);
                return await created.GetResultAsync(cancellationToken);
            case Use.Execute:
                return await client.ExecuteAsync(Worker.Type, input, options, cancellationToken);
            case Use.Wait:
                return await other.GetResultAsync(cancellationToken);
            case Use.OnFinish:
                var told = new TaskCompletionSource<WorkOutput>(TaskCreationOptions.RunContinuationsAsynchronously);
                await using (
                    other.OnFinish(outcome => Task.FromResult(told.TrySetResult(outcome.ReadOutput<WorkOutput>()!))))
                {
                    return await told.Task.WaitAsync(cancellationToken);
                }

            default:
                throw new ArgumentOutOfRangeException(nameof(use), use, "It is for a step alone.");
        }
    }

    /// <summary>Does it where there is no step, and notes what came of it.</summary>
    /// <param name="client">The client.</param>
    /// <param name="stage">Where it is set, and the note goes.</param>
    /// <param name="caller">The process in whose hook or listener it is done.</param>
    /// <param name="place">That place: nothing is done when another one is set.</param>
    /// <returns>Completes when it is noted.</returns>
    public static async Task NoteAsync(IProcessClient client, Clusters.Stage stage, ProcessId caller, Place place)
    {
        if (!stage.IsReached(caller, $"in {place}"))
        {
            return;
        }

        var use = Enum.GetValues<Use>().Single(candidate => stage.IsReached(caller, $"do {candidate}"));
        var output = await RunAsync(
            client,
            use,
            client.GetHandle<WorkOutput>(ProcessId.Parse($"other-of-{caller}")),
            new StartOptions { Id = ProcessId.Parse($"worker-of-{caller}"), IfExists = IfExists.UseExisting },
            CancellationToken.None);
        stage.Note(caller, $"{output.Number}");
        stage.Reach(caller, "used");
    }
}
