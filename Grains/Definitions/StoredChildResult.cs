using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>A child's result as it is kept in a context: its output is JSON among JSON.</summary>
internal sealed record StoredChildResult
{
    /// <summary>Describes how a child ended.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="index">Its place among the children that were started together.</param>
    [SetsRequiredMembers]
    public StoredChildResult(ProcessOutcome outcome, int index)
    {
        (Id, Index, State, ExitCode, ExitLabel, Message, Failure, FinishedAt) = (
            outcome.Id,
            index,
            outcome.State,
            outcome.ExitCode,
            outcome.ExitLabel,
            outcome.Message,
            outcome.Failure?.Brief(),
            outcome.FinishedAt);
        Message = Message is null ? null : StorableText.Shorten(Message, FailureBounds.BriefText);
        Output = outcome.Output is { } json
            ? JsonSerializer.Deserialize<JsonElement>(json, WorkflowJson.Options)
            : null;
    }

    [JsonConstructor]
    private StoredChildResult()
    {
    }

    /// <summary>The child.</summary>
    public required ProcessId Id { get; init; }

    /// <summary>Its place among the children that were started together.</summary>
    public int Index { get; init; }

    /// <summary>How it ended.</summary>
    public required ProcessState State { get; init; }

    /// <summary>Its exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The label of that.</summary>
    public string? ExitLabel { get; init; }

    /// <summary>Why it ended so.</summary>
    public string? Message { get; init; }

    /// <summary>Its error.</summary>
    public FailureInfo? Failure { get; init; }

    /// <summary>Its output.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>Makes the outcome again.</summary>
    public ProcessOutcome ToOutcome() => new()
    {
        Id = Id,
        State = State,
        ExitCode = ExitCode,
        ExitLabel = ExitLabel,
        Message = Message,
        Failure = Failure,
        FinishedAt = FinishedAt,
        Output = Output is { } json ? JsonSerializer.SerializeToUtf8Bytes(json, WorkflowJson.Options) : null,
    };
}
