using Orleans.Workflows;
using Samples.ProcessTree;
using Samples.SampleHost;

await SampleSilo.RunAsync(
    processes => processes.AddProcess<Survey>().AddProcess<Station>(),
    async client =>
    {
        var input = new SurveyInput(["Pole"], [new SurveyInput(["Alp", "Lake"])]);
        var survey = await client.StartAsync(
            Surveys.Survey,
            input,
            new StartOptions { Id = ProcessId.Parse("survey-1") });
        await TreeAsync(survey, "all stations wait", static tree =>
            tree.Count == 5 && tree.All(static process => process.State == ProcessState.Waiting));

        await survey.PauseAsync("inspection", tree: true);
        await TreeAsync(survey, "the tree is paused", static tree => tree.All(static process => process.Paused));
        await survey.PlayAsync(tree: true);

        foreach (var (reading, station) in Stations(await survey.GetTreeAsync()).Index())
        {
            await client.GetHandle(station.Id).SignalAsync("read", 40 + (30 * reading));
        }

        Console.WriteLine($"result: {await survey.GetResultAsync()}");
        Console.WriteLine("The report log of the tree:");
        await foreach (var line in survey.GetReportsAsync(ReportLevel.Report, tree: true))
        {
            Console.WriteLine($"  {line.Level,-7}  {line.ProcessId} [{line.Position}]: {line.Text}");
        }

        var second = await client.StartAsync(
            Surveys.Survey,
            input,
            new StartOptions { Id = ProcessId.Parse("survey-2") });
        await SampleSilo.UntilAsync(second, static status => status.Summary.State == ProcessState.Waiting);
        await second.KillAsync("called off");
        await TreeAsync(second, "a kill reaches the whole "
            + "tree", static tree => tree.All(static process => process.State == ProcessState.Killed));
    });

static IEnumerable<ProcessSummary> Stations(ProcessTree tree) =>
    tree.Flatten().Select(static entry => entry.Process).Where(static process => process.Type == Surveys.Station.Name);

static async Task TreeAsync(ProcessHandle process, string title, Func<IReadOnlyList<ProcessSummary>, bool> expected)
{
    var tree = await process.GetTreeAsync();
    while (!expected([.. tree.Flatten().Select(static entry => entry.Process)]))
    {
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        tree = await process.GetTreeAsync();
    }

    Console.WriteLine($"{title}:");
    foreach (var (depth, member) in tree.Flatten())
    {
        Console.WriteLine(
            $"  {new string(' ', depth * 2)}{member.Id} {member.Type} "
            + $"{member.State}{(member.Paused ? ", paused" : "")} {member.StatusText}");
    }
}
