using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>Says what the sender of a control is told.</summary>
internal static class ControlChecks
{
    /// <summary>Refuses a control that makes no sense for a process as it stands, before anything is stored.</summary>
    /// <param name="request">
    /// The control: continue, retry, skip, an edit or a drop; or a signal that has to be held against its step.
    /// </param>
    /// <param name="row">The process; null when there is none.</param>
    /// <param name="definitions">The process types of this silo.</param>
    /// <returns>The refusal; null when it is to be stored.</returns>
    public static MessageReply? Refuse(MessageRequest request, ProcessRow? row, DefinitionRegistry definitions)
    {
        if (row is not { State: var state } || state.IsTerminal())
        {
            return null;
        }

        var incident = row.Incident is not null;
        return request.Kind switch
        {
            MessageKind.Continue when state != ProcessState.Created => Reply(state, ControlStatus.AlreadySo),
            MessageKind.Retry when !incident => Reply(state, ControlStatus.RefusedNoIncident),
            MessageKind.Skip when !incident || state != ProcessState.Running => Reply(
                state,
                ControlStatus.RefusedNoIncident),
            MessageKind.Skip when FaultOfSkip(request, row, definitions.Find(row.Type)) is { } fault => Reply(
                state,
                ControlStatus.RefusedNoIncident,
                fault),
            MessageKind.Signal when SignalChecks.FaultOf(request, row, definitions.Find(row.Type)) is { } fault =>
                new MessageReply { Status = MessageStatus.Refused, State = state, Faults = [fault] },
            MessageKind.Edit or MessageKind.EditInput when !row.Paused => Reply(state, ControlStatus.RefusedNotPaused),
            MessageKind.EditInput when InputEdits.FaultsOf(request, row, definitions.Find(row.Type)) is { } faults =>
                Reply(state, ControlStatus.RefusedNotPaused, faults),
            MessageKind.Edit when FaultsOfEdit(request, row, definitions.Find(row.Type)) is { } faults => Reply(
                state,
                ControlStatus.RefusedNotPaused,
                faults),
            _ => null,
        };
    }

    /// <summary>Answers a control that was stored, or came too late.</summary>
    public static ControlStatus Answer(MessageKind kind, SendResult result)
    {
        var kills = kind.IsKill();
        if (result.Status == MessageStatus.Terminal)
        {
            return kills && result.State == ProcessState.Killed
                ? ControlStatus.AlreadySo
                : ControlStatus.RefusedTerminal;
        }

        if (
            result.UnseenControls.Contains(MessageKind.ForceKill)
            || (kind != MessageKind.ForceKill && result.UnseenControls.Contains(MessageKind.Kill)))
        {
            return kills ? ControlStatus.AlreadySo : ControlStatus.RefusedBeingKilled;
        }

        // What the process will be when everything before this message has had its effect.
        var paused = result.UnseenControls.Aggregate(result.Paused, static (was, control) => control switch
        {
            MessageKind.Pause => true,
            MessageKind.Play or MessageKind.Retry or MessageKind.Skip => false,
            _ => was,
        });
        return kind switch
        {
            MessageKind.Pause when paused => ControlStatus.AlreadySo,
            MessageKind.Play when !paused => ControlStatus.AlreadySo,
            _ => ControlStatus.Accepted,
        };
    }

    /// <summary>Throws unless a payload is what its message can have. That it is one JSON value is known.</summary>
    /// <exception cref="PayloadException">It is not.</exception>
    public static void CheckPayload(MessageRequest request)
    {
        if (
            request.Payload.Length == 0
            || request.Kind is MessageKind.Signal or MessageKind.Edit or MessageKind.EditInput)
        {
            return;
        }

        var reader = new Utf8JsonReader(request.Payload);
        reader.Read();
        var fits = request.Kind switch
        {
            MessageKind.Drop =>
                reader.TokenType == JsonTokenType.String
                && reader.GetString() is { Length: > 0 and <= WorkflowLimits.MaxMessageIdLength } id
                && StorableText.FaultOf(id) is null,
            MessageKind.Pause or MessageKind.Play => reader.TokenType == JsonTokenType.True,
            MessageKind.Skip =>
                reader.TokenType == JsonTokenType.String && reader.GetString()!.Length <= WorkflowLimits.MaxStepLength,
            _ => false,
        };
        if (!fits)
        {
            throw new PayloadException(
                $"The payload of the {request.Kind} is not one that it can have"
                + (request.Kind == MessageKind.Drop
                    ? $": it is the id of a signal, a text of 1 to {WorkflowLimits.MaxMessageIdLength} characters."
                    : "."));
        }
    }

    private static string? FaultOfSkip(MessageRequest request, ProcessRow row, ProcessDefinition? definition)
    {
        var to =
            request.Payload.Length == 0
                ? null
                : JsonSerializer.Deserialize<string>(request.Payload, WorkflowJson.Options);
        if (definition is null)
        {
            return null;
        }

        if (UnreadBehind(row, definition) is { } unread)
        {
            return unread;
        }

        if (to is null)
        {
            return definition.ContextType is null
                ? "A step machine does not say what comes behind a step: give the step to go on at."
                : null;
        }

        var places = string.Join(
            ", ",
            definition
                .Steps.Values.Where(static step => !step.TakesResults)
                .Select(static step => step.Position)
                .Order(StringComparer.Ordinal));
        return definition.Steps.GetValueOrDefault(to) switch
        {
            null or { TakesResults: true } => $"The definition has no step '{to}'; it has {places}.",
            { TakesArgument: true } when !HasArgument(row) =>
                $"The step '{to}' gets an argument, and the skipped one has none to pass on; there are {places}.",
            _ => null,
        };
    }

    /// <summary>
    /// What the step behind the skipped one could not read either: each gets the input and the context.
    /// </summary>
    private static string? UnreadBehind(ProcessRow row, ProcessDefinition definition)
    {
        if (ErrorOf(InputEdits.InputOf(row), definition.InputType) is { } input)
        {
            return Mend("input", input, $"owf edit {row.Id} --input PATCH");
        }

        return definition.ContextType is { } type && ContextOf(row) is { } context
            && ErrorOf(context.Utf8, type) is { } error
            ? Mend("context", error, $"owf edit {row.Id} --patch PATCH")
            : null;

        static string Mend(string what, string error, string by) =>
            $"The stored {what} cannot be read, and no other step could read it either ({error}): "
            + $"mend it ({by}) and retry; or kill.";
    }

    private static string? ErrorOf(byte[] json, Type type)
    {
        try
        {
            JsonSerializer.Deserialize(json, WorkflowJson.Options.GetTypeInfo(type));
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return FailureInfo.From(e).Message;
        }
    }

    private static RawJson? ContextOf(ProcessRow row)
    {
        try
        {
            return Checkpoint.Read(row.Checkpoint).Context;
        }
        catch (JsonException)
        {
            // Nothing of it can be read, and the process says so itself.
            return null;
        }
    }

    private static bool HasArgument(ProcessRow row)
    {
        try
        {
            return Checkpoint.Read(row.Checkpoint) is { Args: not null } or { ResultsOf: not null };
        }
        catch (JsonException)
        {
            // Nothing of it can be passed on.
            return false;
        }
    }

    /// <summary>
    /// Tries the change on the context that is stored. A process that is paused does not change it meanwhile.
    /// </summary>
    private static IReadOnlyList<string>? FaultsOfEdit(
        MessageRequest request,
        ProcessRow row,
        ProcessDefinition? definition)
    {
        if (definition is { ContextType: null })
        {
            return ["A step machine has no context to edit."];
        }

        try
        {
            if (definition?.ContextType is { } type
                && PortNames.FindOther(PortTree.Of(type), JsonNode.Parse(request.Payload), "") is var (name, known))
            {
                return
                [
                    $"The patch has '{name}', and the context has '{known}': an edit of a context writes names as "
                        + $"'owf show {row.Id} --checkpoint' shows them.",
                ];
            }

            var stored = Checkpoint.Read(row.Checkpoint).Context;
            var changed = MergePatch.Apply(
                stored is null ? new JsonObject() : JsonNode.Parse(stored.Utf8),
                JsonNode.Parse(request.Payload));
            var json = WorkflowJson.Write(changed, "context");
            return definition is null ? null
                : changed is null ? ["The context cannot be null."]
                : FaultsOfContext(changed, json, definition.ContextType!) is { Count: > 0 } faults
                    ? [$"The changed context is not one of the definition: {string.Join(" ", faults)}", .. faults]
                : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return [$"The changed context is not one of the definition: {Sentence.Ended(FailureInfo.From(e).Message)}"];
        }
    }

    /// <summary>
    /// A name that the context does not have is an error here: it would be dropped at the next step, and the slip of
    /// the pen with it. So is what the next step could read and not write again, 1e999 for example.
    /// </summary>
    private static IReadOnlyList<string> FaultsOfContext(JsonNode context, byte[] json, Type type)
    {
        try
        {
            var read = JsonSerializer.Deserialize(context, PortOptions.Strict.GetTypeInfo(type));
            JsonSerializer.Serialize(read, WorkflowJson.Options.GetTypeInfo(type));
            return [];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // That names the first, and perhaps in words of .NET. The rules of ports name each by its path; what they
            // would let pass is for the type's own code to say.
            return PortTree.Of(type).Check(json, "context") is { Count: > 0 } faults ? faults
                : [$"context{PathOf(e)}: {Sentence.Ended(FailureInfo.From(e).Message)}"];
        }
    }

    private static string? PathOf(Exception e) => (e as JsonException)?.Path?.TrimStart('$');

    /// <summary>The answer to a control that is not stored.</summary>
    /// <param name="state">The process's state.</param>
    /// <param name="control">The kind of refusal.</param>
    /// <param name="faults">
    /// What is wrong, in one text; of a value behind it each fault with its path, which clients of older versions do
    /// not read. Empty when the kind says it all.
    /// </param>
    public static MessageReply Reply(
        ProcessState state,
        ControlStatus control,
        params IReadOnlyList<string> faults) =>
        new()
        {
            Status = MessageStatus.Refused,
            State = state,
            Control = control,
            Faults = faults,
        };
}
