namespace Orleans.Workflows;

/// <summary>A process that stopped before its end and waits for an operator. It is paused, not terminal.</summary>
[GenerateSerializer, Immutable, Alias("owf.Incident")]
public sealed record Incident
{
    /// <summary>The kind of trouble.</summary>
    [Id(0)]
    public required IncidentCode Code { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    [Id(1)]
    public required string Text { get; init; }

    /// <summary>How often the step was tried.</summary>
    [Id(2)]
    public required int Attempts { get; init; }

    /// <summary>When the incident was opened.</summary>
    [Id(3)]
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>What an operator can do, in one sentence.</summary>
    [Id(4)]
    public required string Remedy { get; init; }

    /// <summary>
    /// The error, with its stack trace, that a step ended with or that reading what is stored ended with; <c>null</c>
    /// when there is none, as for a crash loop, and for an incident that an earlier version has opened.
    /// </summary>
    [Id(5)]
    public FailureInfo? Failure { get; init; }
}
