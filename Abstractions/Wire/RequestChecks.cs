namespace Orleans.Workflows.Abstractions;

/// <summary>
/// What is demanded of every call, said once: clients ask before they call, so that a mistake shows at once, and the
/// grains ask again, since not everybody who reaches a gateway uses this client. A message never repeats a text that is
/// too long.
/// </summary>
public static class RequestChecks
{
    /// <summary>Throws unless a client may start this process.</summary>
    /// <param name="id">The process.</param>
    /// <param name="request">The start.</param>
    /// <exception cref="ArgumentException">Which value it is, and what is allowed.</exception>
    /// <exception cref="PayloadException">
    /// The input is larger than 4 MiB. What is in it is for its ports to check.
    /// </exception>
    public static void Check(ProcessId id, StartRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckId(id);
        id.ThrowIfNotForClients();
        CheckText(request.RequestId, "id of the request", WorkflowLimits.MaxMessageIdLength);
        CheckType(request.Type);
        CheckTags(request.Tags);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Delay, TimeSpan.Zero, nameof(request.Delay));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Delay, WorkflowLimits.MaxDelay, nameof(request.Delay));
        if (request.Deadline is { } deadline)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(deadline, TimeSpan.Zero, nameof(request.Deadline));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(deadline, WorkflowLimits.MaxDelay, nameof(request.Deadline));
        }

        if (request.Hold && request.Delay > TimeSpan.Zero)
        {
            throw new ArgumentException(
                "A process that is created starts when it is continued: a delay is not for it.",
                nameof(request));
        }

        if (request.TraceParent is { } trace)
        {
            CheckText(trace, "traceparent", WorkflowLimits.MaxTraceParentLength);
        }

        WorkflowJson.OfSize(request.Input, $"input of '{request.Type}'");
    }

    /// <summary>Throws unless a client may send this message.</summary>
    /// <param name="request">The message.</param>
    /// <exception cref="ArgumentException">Which value it is, and what is allowed.</exception>
    /// <exception cref="PayloadException">
    /// The payload is larger than 4 MiB, or JSON that cannot be stored and read back.
    /// </exception>
    public static void Check(MessageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckMessage(request.Receiver, request.Kind, request.MessageId);
        if (request.Kind == MessageKind.Signal)
        {
            CheckSignalName(request.Name);
        }
        else
        {
            CheckPart(request.Name, "text of the control", WorkflowLimits.MaxTextLength);
        }

        if (request.Call is { } call)
        {
            CheckId(call);
        }

        ArgumentNullException.ThrowIfNull(request.Payload);
        if (request.Payload.Length > 0)
        {
            var sent = request.Kind == MessageKind.Signal ? $"signal '{request.Name}'" : $"{request.Kind}";
            WorkflowJson.Checked(request.Payload, $"payload of the {sent}");
        }
    }

    /// <summary>Throws unless this names a message that a client can have sent.</summary>
    /// <param name="receiver">Its receiver.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="messageId">Its id.</param>
    /// <exception cref="ArgumentException">Which value it is, and what is allowed.</exception>
    public static void CheckMessage(ProcessId receiver, MessageKind kind, string messageId)
    {
        CheckId(receiver);
        CheckText(messageId, "id of the message", WorkflowLimits.MaxMessageIdLength);
        if (!kind.IsForClients())
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "A client sends signals and controls.");
        }
    }

    /// <summary>Throws unless this is a list that can be asked for.</summary>
    /// <param name="query">The query.</param>
    /// <exception cref="ArgumentException">Which value it is, and what is allowed.</exception>
    public static void Check(ProcessQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(query.States);
        if (query.PageSize is < 1 or > WorkflowLimits.MaxPageSize)
        {
            throw new ArgumentException(
                $"The page size is {query.PageSize}: give 1 to {WorkflowLimits.MaxPageSize}.",
                nameof(query));
        }

        if (
            query.States.Count > Enum.GetValues<ProcessState>().Length
            || query.States.Any(static state => !Enum.IsDefined(state)))
        {
            throw new ArgumentException("Give each state that a process can have once at most.", nameof(query));
        }

        if (!Enum.IsDefined(query.Order))
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Order, "There is no such order.");
        }

        if (query.Type is { Length: > 0 } type)
        {
            CheckType(type);
        }

        CheckTags(query.Tags);
        CheckPart(query.IdPrefix, "beginning of the ids", ProcessId.MaxLength);
        CheckPart(query.Continue, "continuation", WorkflowLimits.MaxContinueLength);
        foreach (var id in new[] { query.Parent, query.Root }.OfType<ProcessId>())
        {
            CheckId(id);
        }
    }

    /// <summary>Throws unless this is a page of a history or report log that can be asked for.</summary>
    /// <param name="id">The process.</param>
    /// <param name="after">The entry behind which it begins.</param>
    /// <param name="limit">How many entries at most.</param>
    /// <exception cref="ArgumentException">Which value it is, and what is allowed.</exception>
    public static void CheckPage(ProcessId id, long after, int limit)
    {
        CheckId(id);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, WorkflowLimits.MaxPageSize);
    }

    /// <summary>Throws unless this is a part of a report log that can be asked for.</summary>
    /// <param name="id">The process.</param>
    /// <param name="minimum">The lowest level that is read.</param>
    /// <param name="after">The line behind which it begins.</param>
    /// <param name="limit">How many lines at most.</param>
    /// <exception cref="ArgumentException">Which value it is, and what is allowed.</exception>
    public static void CheckPage(ProcessId id, ReportLevel minimum, long after, int limit)
    {
        CheckPage(id, after, limit);
        if (!Enum.IsDefined(minimum))
        {
            throw new ArgumentOutOfRangeException(nameof(minimum), minimum, "There is no such level.");
        }
    }

    /// <summary>
    /// Throws unless this is an id that a process can have. An id that came over the wire was not made by
    /// <see cref="ProcessId.Parse(string)"/>.
    /// </summary>
    /// <param name="id">The id.</param>
    /// <exception cref="ArgumentException">It is empty, too long, or has an illegal character.</exception>
    public static void CheckId(ProcessId id) => ProcessId.Parse(id.Value);

    /// <summary>Throws unless this can be the name of a process type.</summary>
    /// <param name="type">The name.</param>
    /// <exception cref="ArgumentException">It is empty or too long, or no database keeps it.</exception>
    public static void CheckType(string type) =>
        CheckText(type, "name of the process type", WorkflowLimits.MaxTypeLength);

    /// <summary>Throws unless these can be the tags of a process.</summary>
    /// <param name="tags">The tags.</param>
    /// <exception cref="ArgumentException">There are too many, or one is too long, or no database keeps it.</exception>
    public static void CheckTags(IReadOnlyDictionary<string, string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (
            tags.Count > WorkflowLimits.MaxTags
            || (tags.Count > 0 && tags.Any(static tag => !IsTag(tag.Key, tag.Value))))
        {
            throw new ArgumentException(
                $"At most {WorkflowLimits.MaxTags} tags are allowed, with keys of 1 to "
                + $"{WorkflowLimits.MaxTagKeyLength} and values of up to "
                + $"{WorkflowLimits.MaxTagValueLength} characters, without U+0000 and half surrogate pairs.",
                nameof(tags));
        }
    }

    /// <summary>Throws unless this can be the name of a signal.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">It is empty or too long, or no database keeps it.</exception>
    public static void CheckSignalName(string? name) =>
        CheckText(name, "name of the signal", WorkflowLimits.MaxSignalNameLength);

    private static bool IsTag(string key, string? value) =>
        key.Length is > 0 and <= WorkflowLimits.MaxTagKeyLength
        && value?.Length <= WorkflowLimits.MaxTagValueLength
        && StorableText.FaultOf(key) is null
        && StorableText.FaultOf(value) is null;

    private static void CheckText(string? text, string what, int most)
    {
        if (text is null || text.Length < 1 || text.Length > most)
        {
            throw TooLong(what, text?.Length ?? 0, least: 1, most);
        }

        StorableText.Check(text, what, nameof(text));
    }

    private static void CheckPart(string? text, string what, int most)
    {
        if (text?.Length > most)
        {
            throw TooLong(what, text.Length, least: 0, most);
        }

        StorableText.Check(text, what, nameof(text));
    }

    private static ArgumentException TooLong(string what, int length, int least, int most) =>
        new($"The {what} has {length:N0} characters: give {least} to {most:N0}.");
}
