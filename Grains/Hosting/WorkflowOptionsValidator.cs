using Microsoft.Extensions.Options;

namespace Orleans.Workflows.Grains.Hosting;

/// <summary>Checks the engine's options at start-up and reports every fault at once, each with its remedy.</summary>
internal sealed class WorkflowOptionsValidator : IValidateOptions<WorkflowOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WorkflowOptions options)
    {
        var faults = options.FindFaults();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
