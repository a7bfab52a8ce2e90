namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Finds retry policies and time-outs of steps that are out of their bounds.</summary>
internal static class PolicyCheck
{
    /// <summary>Checks the steps of a definition.</summary>
    public static void Check(Type type, IReadOnlyList<StepNode> steps, List<string> faults)
    {
        foreach (var step in steps.Where(static step => step.Timeout > WorkflowLimits.MaxStepTimeout))
        {
            faults.Add(
                $"{type.Name}: the step '{step.Position}' has the timeout {step.Timeout}; "
                + $"{WorkflowLimits.MaxStepTimeout.TotalDays} days at most are needed: leave it out for as long as the "
                + "step wants.");
        }

        // A wait gives its policy to two steps.
        foreach (
            var step in steps
                .Where(static step => step.Retry?.Fault is not null)
                .DistinctBy(static step => step.Retry, ReferenceEqualityComparer.Instance))
        {
            faults.Add($"{type.Name}: the retry policy of the step '{step.Position}' is wrong: {step.Retry!.Fault}.");
        }
    }
}
