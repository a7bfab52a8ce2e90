using System.Text;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>Starts, directives and events with sensible contents.</summary>
internal static class A
{
    /// <summary>The instant at which tests begin.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static ProcessId Id { get; } = ProcessId.Parse("order-1");

    public static StartRequest Start(TimeSpan delay = default, bool paused = false, TimeSpan? deadline = null) => new()
    {
        RequestId = "start-1",
        Type = "order",
        Input = "{\"amount\":12}"u8.ToArray(),
        Delay = delay,
        Paused = paused,
        Deadline = deadline,
        Tags = new Dictionary<string, string> { ["customer"] = "7" },
    };

    public static RawJson Json(string text) => new(Encoding.UTF8.GetBytes(text));

    public static Directive.Next Next(string position = "Second", string? args = null) =>
        new(position, args is null ? null : Json(args));

    public static Directive.End End(string output = "{\"done\":true}") => new(EngineExitCodes.Success, Json(output));

    public static Directive.AwaitSignal AwaitSignal(string name = "paid", TimeSpan? timeout = null) =>
        new(name, "OnSignal", timeout, timeout is null ? null : "OnTimeout");

    public static Directive.AwaitChildren AwaitChildren(int count, int already = 0) =>
        new(Children(count, already), count + already, "OnChildren");

    public static IReadOnlyList<ChildRequest> Children(int count, int first = 0) =>
        [
            .. Enumerable
                .Range(first, count)
                .Select(static index => new ChildRequest(
                    index,
                    "parcel",
                    Json("{}"),
                    Id: null,
                    new Dictionary<string, string>())),
        ];

    public static FailureInfo Failure(string message = "the card was declined") =>
        new() { Type = "System.InvalidOperationException", Message = message };

    public static ProcessEvent.StepFailed Failed(TimeSpan? retryAfter = null, bool asIncident = false) =>
        new(
            Failure(),
            retryAfter is { } delay ? new RetryRule(int.MaxValue, delay, Factor: 1, delay) : null,
            asIncident);

    public static ProcessEvent.Faulted Fault(IncidentCode code = IncidentCode.PositionMissing) =>
        new(code, "It does not go.", "Mend it, then play.");

    public static ProcessEvent.StepReturned Returned(
        Directive directive,
        string? context = null,
        string? status = null) => new(directive, context is null ? null : Json(context), status);
}
