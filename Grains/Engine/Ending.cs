using System.Text.Json;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>Why a process ended as it did: what is stored in the row's failure column.</summary>
internal sealed record Ending
{
    /// <summary>The exit code's message, the kill's text or the failure's message.</summary>
    public string? Message { get; init; }

    /// <summary>The label of a declared exit code.</summary>
    public string? Label { get; init; }

    /// <summary>The error.</summary>
    public FailureInfo? Failure { get; init; }

    /// <summary>Writes the ending.</summary>
    /// <returns>UTF-8 JSON; null when there is nothing to say.</returns>
    public byte[]? Write() => Message is null && Failure is null && Label is null
        ? null
        : JsonSerializer.SerializeToUtf8Bytes(Bounded(), EngineJson.Default.Ending);

    private Ending Bounded() => Message?.Length > WorkflowLimits.MaxFailureTextLength
        ? this with { Message = StorableText.Shorten(Message, WorkflowLimits.MaxFailureTextLength) }
        : this;

    /// <summary>Reads an ending.</summary>
    /// <param name="json">UTF-8 JSON, or null.</param>
    /// <returns>
    /// The ending; an empty one for null and for bytes that are no ending, since nobody can act on that any more.
    /// </returns>
    public static Ending Read(byte[]? json)
    {
        try
        {
            var ending = json is null
                ? new Ending()
                : JsonSerializer.Deserialize(json, EngineJson.Default.Ending) ?? new Ending();

            // Older versions stored whatever a step threw, and whoever reads it has to send it.
            return json?.Length > WorkflowLimits.MaxFailureTextLength
                ? ending.Bounded() with
                {
                    Failure = ending.Failure?.Bounded(),
                }
                : ending;
        }
        catch (JsonException e)
        {
            return new Ending { Message = "The stored reason cannot be read.", Failure = FailureInfo.From(e) };
        }
    }
}
