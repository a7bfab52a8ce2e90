using Microsoft.Extensions.Options;

namespace Orleans.Workflows.Grains.Hosting;

/// <summary>Checks the engine's options at start-up and reports every fault at once, each with its remedy.</summary>
internal sealed class WorkflowOptionsValidator : IValidateOptions<WorkflowOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WorkflowOptions options)
    {
        var faults = new List<string>();
        Between(faults, nameof(options.GracePeriod), options.GracePeriod, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(faults, nameof(options.IdleTimeout), options.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between(faults, nameof(options.DrainTimeout), options.DrainTimeout, TimeSpan.Zero, TimeSpan.FromHours(1));
        Between(faults, nameof(options.Supervisors), options.Supervisors, 1, 256);
        Between(faults, nameof(options.ScanInterval), options.ScanInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Between(faults, nameof(options.OwnerScanInterval), options.OwnerScanInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between(faults, nameof(options.ReminderPeriod), options.ReminderPeriod, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Between(faults, nameof(options.WakesPerSecond), options.WakesPerSecond, 1, 100_000);
        Between(faults, nameof(options.NotRunnableTimeout), options.NotRunnableTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        if (options.Retention is { } retention)
        {
            Between(faults, nameof(options.Retention), retention, TimeSpan.FromHours(1), TimeSpan.MaxValue);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Between<T>(List<string> faults, string option, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            faults.Add($"Workflows:Engine:{option} is {value}; it must be between {least} and {most}. Set it in the configuration or by AddWorkflows(…).Configure(…).");
        }
    }
}
