using System.Globalization;
using System.Text.Json;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>
/// Refuses a signal that the step which gets it cannot take: one without a payload where it needs one; one with a time
/// that does not say its zone, where a time is read; and one of a caller who does not know the type, which could not be
/// read. It would become an incident.
/// </summary>
internal static class SignalChecks
{
    private const int ShortestTime = 10;

    /// <summary>Whether a signal has to be held against the step that gets it.</summary>
    public static bool IsNeeded(MessageRequest request) =>
        request.Checked || RawJson.IsNull(request.Payload) || MayLackAZone(request.Payload);

    /// <summary>
    /// Whether a payload has a text that reads as a time without a zone. Most have none, and cost no look at the
    /// process.
    /// </summary>
    public static bool MayLackAZone(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            // A time can be the key of a dictionary, too.
            var mayBe =
                reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                && reader.ValueSpan.Length >= ShortestTime;
            if (mayBe && TimeOf(ref reader) is { Kind: DateTimeKind.Unspecified })
            {
                return true;
            }
        }

        return false;
    }

    private static DateTime? TimeOf(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            ? reader.TryGetDateTime(out var value)
                ? value
                : null
            : DateTime.TryParse(
                reader.GetString(),
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind,
                out var key)
                ? key
                : null;

    /// <summary>Finds what is wrong with a signal.</summary>
    /// <param name="request">The signal.</param>
    /// <param name="row">The process.</param>
    /// <param name="definition">Its definition; null where that is not known, so that nobody can tell.</param>
    /// <returns>
    /// What is wrong; null for nothing. What a caller who knows the type has sent and nobody can read is for the step
    /// to say.
    /// </returns>
    public static string? FaultOf(MessageRequest request, ProcessRow row, ProcessDefinition? definition)
    {
        var readers = ReadersOf(request.Name, row, definition);
        if (
            readers
                .Select(reader => FaultOfTimes(request, reader))
                .FirstOrDefault(static fault => fault is not null) is
            { } timeless)
        {
            return timeless;
        }

        // Several waits of an outline may be for one name: it is wrong when it is so for all.
        var faults = readers.Select(reader => FaultOf(request, reader)).ToList();
        return faults.TrueForAll(static fault => fault is not null) ? faults.FirstOrDefault() : null;
    }

    /// <summary>
    /// The answer to a signal that the store did not take because its receiver has as many as it may have.
    /// </summary>
    public static MessageReply Full(MessageRequest request, ProcessState state) =>
        new()
        {
            Status = MessageStatus.Refused,
            State = state,
            IsFull = true,
            Faults =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The process {request.Receiver} has as many signals as it may have: with this one, those that it "
                    + $"has not taken come to more than {WorkflowLimits.MaxInboxBytes >> 20} MiB. ")
                    + $"The signal '{request.Name}' was not stored; send it again when some are taken. "
                    + $"'owf why {request.Receiver}' says what the process waits for.",
            ],
        };

    private static string? FaultOf(MessageRequest request, StepNode reader)
    {
        if (RawJson.IsNull(request.Payload))
        {
            return reader.NeedsArgument
                ? $"The signal '{request.Name}' has no payload, and the step '{reader.Position}' needs one "
                    + $"of the type {TypeNames.Of(reader.ArgumentType!)}."
                : null;
        }

        if (!request.Checked || reader.ArgumentType is not { } type)
        {
            return null;
        }

        // By the rules of inputs: a name that is misspelt or given twice, or a number for an enum that has none such,
        // would be lost in silence.
        var faults = PortTree.Of(type).Check(request.Payload, "payload");
        return faults.Count == 0 ? null : $"The payload of the signal '{request.Name}': {string.Join(" ", faults)}";
    }

    /// <summary>Of what can be read, but for a time without a zone.</summary>
    private static string? FaultOfTimes(MessageRequest request, StepNode reader) =>
        request.Payload.Length > 0
        && reader.ArgumentType is { } type
        && ErrorOf(request.Payload, type, WorkflowJson.Options) is null
        && ErrorOf(request.Payload, type, PortOptions.Zoned) is JsonException error
            ? $"The payload of the signal '{request.Name}'{PathOf(error)}: a date and time with its zone is expected, "
                + "such as 2026-01-31T12:00:00Z."
            : null;

    private static Exception? ErrorOf(byte[] payload, Type type, JsonSerializerOptions options)
    {
        try
        {
            JsonSerializer.Deserialize(payload, options.GetTypeInfo(type));
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e;
        }
    }

    private static string? PathOf(Exception e) => (e as JsonException)?.Path?.TrimStart('$');

    /// <summary>
    /// The steps that get the signal: an outline says it by name, a step machine only by what it waits for
    /// now.
    /// </summary>
    private static List<StepNode> ReadersOf(string? signal, ProcessRow row, ProcessDefinition? definition)
    {
        if (definition is null)
        {
            return [];
        }

        var readers = definition.Steps.Values.Where(step => step.Signal == signal).ToList();
        if (readers.Count == 0
            && WaitOf(row) is WaitState.Signal wait
            && wait.Name == signal
            && definition.Steps.TryGetValue(wait.Then, out var next))
        {
            readers.Add(next);
        }

        return readers;
    }

    private static WaitState? WaitOf(ProcessRow row)
    {
        try
        {
            return Checkpoint.Read(row.Checkpoint).Wait;
        }
        catch (JsonException)
        {
            // Then it is no use to know what it waits for.
            return null;
        }
    }
}
