using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>Writes waits in the one flat shape that they have always had in the database.</summary>
internal sealed class WaitConverter : JsonConverter<WaitState>
{
    /// <inheritdoc/>
    public override WaitState? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, EngineJson.Default.StoredWait) is { } stored ? Of(stored) : null;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, WaitState value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, Stored(value), EngineJson.Default.StoredWait);

    private static WaitState Of(StoredWait stored) =>
        stored.Kind switch
        {
            WaitKind.Start => new WaitState.Start
            {
                Then = stored.Then,
                Until = stored.Until,
                MaxConcurrency = stored.MaxConcurrency,
                More = stored.More,
            },
            WaitKind.Signal => new WaitState.Signal
            {
                Name = stored.Signal ?? throw new JsonException("It waits for a signal without a name."),
                Then = stored.Then,
                Until = stored.Until,
                OnTimeout = stored.OnTimeout,
                More = stored.More,
            },
            WaitKind.Time => new WaitState.Time
            {
                Then = stored.Then,
                Until = stored.Until,
                More = stored.More,
            },
            WaitKind.Children => new WaitState.Children
            {
                Then = stored.Then,
                Until = stored.Until,
                Step = stored.ChildStep,
                Count = stored.ChildCount,
                Left = stored.ChildrenLeft,
                MaxConcurrency = stored.MaxConcurrency,
                LetGo = stored.LetGo,
                EndedAhead = stored.EndedAhead,
                GivenIds = stored.GivenIds,
                IdsAreKnown = stored.IdsAreKnown,
                MustSucceed = stored.MustSucceed,
                Required = stored.Required,
                Args = stored.Args,
                More = stored.More,
            },
            WaitKind.Retry => new WaitState.Retry
            {
                Then = stored.Then,
                Until = stored.Until,
                More = stored.More,
            },
            _ => new WaitState.Unknown(stored) { Then = stored.Then, Until = stored.Until },
        };

    private static StoredWait Stored(WaitState wait) =>
        wait switch
        {
            WaitState.Start start => Flat(wait, WaitKind.Start) with { MaxConcurrency = start.MaxConcurrency },
            WaitState.Signal signal => Flat(wait, WaitKind.Signal) with
            {
                Signal = signal.Name,
                OnTimeout = signal.OnTimeout,
            },
            WaitState.Time => Flat(wait, WaitKind.Time),
            WaitState.Children children => Flat(wait, WaitKind.Children) with
            {
                ChildStep = children.Step,
                ChildCount = children.Count,
                ChildrenLeft = children.Left,
                MaxConcurrency = children.MaxConcurrency,
                LetGo = children.LetGo,
                EndedAhead = children.EndedAhead,
                GivenIds = children.GivenIds,
                IdsAreKnown = children.IdsAreKnown,
                MustSucceed = children.MustSucceed,
                Required = children.Required,
                Args = children.Args,
            },
            WaitState.Retry => Flat(wait, WaitKind.Retry),
            WaitState.Unknown unknown => unknown.Stored,
            _ => throw new InvalidOperationException($"The engine does not know the wait {wait.GetType().Name}."),
        };

    private static StoredWait Flat(WaitState wait, WaitKind kind) =>
        new() { Kind = kind, Then = wait.Then, Until = wait.Until, More = wait.More };
}
