namespace Orleans.Workflows.Benchmarks.Baseline;

/// <summary>A process as one would write it on Orleans alone: a grain that stores its state after each step.</summary>
[Alias("owf.benchmarks.IBaselineGrain")]
public interface IBaselineGrain : IGrainWithStringKey
{
    /// <summary>Stores the start, then runs the steps and stores each.</summary>
    /// <param name="steps">How many steps; 0 for the start alone.</param>
    /// <param name="text">What is carried from step to step.</param>
    /// <returns>How many writes were made.</returns>
    [Alias("Run")]
    Task<int> RunAsync(int steps, string text);
}
