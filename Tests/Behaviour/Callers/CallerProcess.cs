using Orleans.Workflows.Behaviour.Outlines;

namespace Orleans.Workflows.Behaviour.Callers;

/// <summary>A process whose step uses the client of its silo.</summary>
/// <param name="client">The client.</param>
[Process("behaviour/caller")]
public sealed class CallerProcess(IProcessClient client) : Process<CallerInput, WorkOutput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<CallerInput, WorkOutput> Type = new("behaviour/caller");

    /// <inheritdoc/>
    protected override RetryPolicy Retry => RetryPolicy.Fixed(2, TimeSpan.Zero);

    /// <inheritdoc/>
    protected override async Task<StepResult> RunAsync(StepContext step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var options = new StartOptions { Id = step.NewId("worker"), IfExists = IfExists.UseExisting };
        var other = client.GetHandle<WorkOutput>(
            Input.Other.Length == 0 ? step.ProcessId : ProcessId.Parse(Input.Other));
        switch (Input.Use)
        {
            case Use.Start:
                return Finish(
                    await (
                        await client.StartAsync(Worker.Type, new WorkInput("ok", 7), options, step.CancellationToken)
                    ).GetResultAsync(step.CancellationToken));
            case Use.Create:
                var created = await client.CreateAsync(
                    Worker.Type,
                    new WorkInput("ok", 7),
                    options,
                    step.CancellationToken);
                await created.ContinueAsync(step.CancellationToken);
                return Finish(await created.GetResultAsync(step.CancellationToken));
            case Use.Execute:
                return Finish(
                    await client.ExecuteAsync(Worker.Type, new WorkInput("ok", 7), options, step.CancellationToken));
            case Use.Wait:
                return Finish(await other.GetResultAsync(step.CancellationToken));
            case Use.OnFinish:
                var told = new TaskCompletionSource<WorkOutput>(TaskCreationOptions.RunContinuationsAsynchronously);
                await using (
                    other.OnFinish(outcome => Task.FromResult(told.TrySetResult(outcome.ReadOutput<WorkOutput>()!))))
                {
                    return Finish(await told.Task.WaitAsync(step.CancellationToken));
                }

            default:
                await client.StartAsync(
                    Worker.Type,
                    new WorkInput("ok", 7),
                    Input.Use == Use.Derived
                        ? options with
                        {
                            Tags = Tags(step),
                        }
                        : new StartOptions { Tags = Tags(step) },
                    step.CancellationToken);
                return step.Attempt == 1
                    ? throw new InvalidOperationException("once more")
                    : Finish(new WorkOutput(0));
        }
    }

    private static Dictionary<string, string> Tags(StepContext step) => new() { ["caller"] = step.ProcessId.Value };
}
