using Orleans.Storage;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Unit.Supervision;

/// <summary>The settings can be set again when the database has fallen back behind what their grain knows.</summary>
public sealed class ClusterSettingsGrainTests
{
    [Fact]
    public async Task Set_WhenTheDatabaseHasFallenBack_ReadsItsStateAgainAndStores()
    {
        var state = new FallingState { Stored = new ClusterSettings { EnginePaused = true } };
        var grain = new ClusterSettingsGrain(state);

        await grain.SetAsync(new ClusterSettings { WakesPerSecond = 7 });

        state.Stored.ShouldBe(new ClusterSettings { WakesPerSecond = 7 });
        (await grain.GetAsync()).ShouldBe(state.Stored);
    }

    [Fact]
    public async Task Set_WhenTheDatabaseIsAway_SaysSo() =>
        await Should.ThrowAsync<TimeoutException>(() =>
            new ClusterSettingsGrain(new FallingState { IsAway = true }).SetAsync(new ClusterSettings()));

    /// <summary>Takes no write before it was read.</summary>
    private sealed class FallingState : IPersistentState<ClusterSettingsState>
    {
        private bool _isRead;

        public bool IsAway { get; init; }

        public ClusterSettings Stored { get; set; } = new();

        public ClusterSettingsState State { get; set; } = new();

        public string Etag => "1";

        public bool RecordExists => true;

        public Task ClearStateAsync() => throw new NotSupportedException();

        public Task ReadStateAsync()
        {
            (_isRead, State) = (true, new ClusterSettingsState { Settings = Stored });
            return Task.CompletedTask;
        }

        public Task WriteStateAsync()
        {
            if (IsAway || !_isRead)
            {
                throw IsAway ? new TimeoutException() : new InconsistentStateException("another version");
            }

            Stored = State.Settings;
            return Task.CompletedTask;
        }
    }
}
