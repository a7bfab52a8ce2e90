namespace Orleans.Workflows.Benchmarks.Baseline;

/// <summary>The grain of the baseline.</summary>
/// <param name="state">Its state, in Orleans' AdoNet grain storage.</param>
internal sealed class BaselineGrain(
    [PersistentState("process", BaselineGrain.StorageName)] IPersistentState<BaselineState> state
) : Grain, IBaselineGrain
{
    /// <summary>The grain storage.</summary>
    public const string StorageName = "baseline";

    /// <inheritdoc/>
    public async Task<int> RunAsync(int steps, string text)
    {
        state.State.Type = "benchmarks/hello";
        state.State.Text = text;
        state.State.Position = "RunAsync";
        await state.WriteStateAsync();
        while (state.State.Step < steps)
        {
            state.State.Step++;
            state.State.Position = "Count";
            await state.WriteStateAsync();
        }

        DeactivateOnIdle();
        return state.State.Step + 1;
    }
}
