using Orleans.Workflows;

namespace Samples.ProcessTree;

/// <summary>Starts a child for each region and station, and goes on when all have ended.</summary>
[Process("tree/survey")]
public sealed class Survey : WorkChain<SurveyInput, SurveyOutput, Survey.Progress>
{
    /// <summary>What it remembers: the engine puts the children's results here.</summary>
    public sealed class Progress
    {
        public IList<ChildResult<SurveyOutput>> Regions { get; init; } = [];

        public IList<ChildResult<StationOutput>> Stations { get; init; } = [];
    }

    protected override void Define(OutlineBuilder outline) => outline.Step(StartAll);

    protected override SurveyOutput CreateOutput() =>
        new(
            Context.Regions.Sum(region => region.Output.Sum) + Context.Stations.Sum(station => station.Output.Reading));

    private Task StartAll(StepContext step)
    {
        foreach (var region in Input.Regions ?? [])
        {
            AppendToContext(context => context.Regions, Surveys.Survey.Child(region) with { MustSucceed = true });
        }

        foreach (var station in Input.Stations)
        {
            AppendToContext(
                context => context.Stations,
                Surveys.Station.Child(new StationInput(station)) with
                {
                    MustSucceed = true,
                });
        }

        step.Report($"starts {Input.Regions?.Length ?? 0} regions and {Input.Stations.Length} stations");
        return Task.CompletedTask;
    }
}
