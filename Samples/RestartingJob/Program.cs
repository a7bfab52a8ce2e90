using Orleans.Workflows;
using Samples.RestartingJob;
using Samples.SampleHost;

await SampleSilo.RunAsync(processes => processes.AddProcess<SimulateUntilDone>().AddProcess<Simulate>(), async client =>
{
    await StudyAsync(client, "handlers mend what they know", new StudyInput(MemoryGb: 2));
    await StudyAsync(client, "a bound of two runs", new StudyInput(MemoryGb: 2) { MaxIterations = 2 });
    await StudyAsync(client, "a handler switched off by the caller", new StudyInput(MemoryGb: 2)
    {
        HandlerOverrides = new Dictionary<string, HandlerOverride> { ["HalveTheStep"] = new() { Enabled = false } },
        OnUnhandledFailure = UnhandledFailureAction.RestartOnce,
    });
});

static async Task StudyAsync(IProcessClient client, string title, StudyInput input)
{
    Console.WriteLine($"{title}:");
    var study = await client.StartAsync(SimulateUntilDone.Type, input);
    var outcome = await study.WaitAsync();
    foreach (var (depth, process) in (await study.GetTreeAsync()).Flatten().Skip(1))
    {
        var run = await client.GetHandle(process.Id).WaitAsync();
        Console.WriteLine($"  run {process.Tags["iteration"]}: {run.ExitLabel ?? "success"} {run.Message}");
    }

    Console.WriteLine(outcome.IsSuccess
        ? $"  {outcome.State}: {await study.GetResultAsync()}"
        : $"  {outcome.State} {outcome.ExitCode} {outcome.ExitLabel}: {outcome.Message}");
}
