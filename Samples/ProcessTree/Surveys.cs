using Orleans.Workflows;

namespace Samples.ProcessTree;

/// <summary>The contracts.</summary>
public static class Surveys
{
    public static readonly ProcessType<SurveyInput, SurveyOutput> Survey = new("tree/survey");
    public static readonly ProcessType<StationInput, StationOutput> Station = new("tree/station");
}

public sealed record SurveyInput(string[] Stations, SurveyInput[]? Regions = null);

public sealed record SurveyOutput(int Sum);

public sealed record StationInput(string Name);

public sealed record StationOutput(int Reading);
