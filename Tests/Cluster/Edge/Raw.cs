using System.Reflection;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Edge;

/// <summary>Requests as one makes them who does not use our client.</summary>
internal static class Raw
{
    /// <summary>A start that is in order, of a process that has nothing to do for an hour.</summary>
    public static StartRequest Start() =>
        new()
        {
            RequestId = Guid.NewGuid().ToString("N"),
            Type = Types.Wait.Name,
            Input = "{}"u8.ToArray(),
            Delay = TimeSpan.FromHours(1),
        };

    /// <summary>A signal that is in order.</summary>
    public static MessageRequest Signal(ProcessId receiver) =>
        new()
        {
            Receiver = receiver,
            MessageId = Guid.NewGuid().ToString("N"),
            Kind = MessageKind.Signal,
            Name = "other",
            Payload = "1"u8.ToArray(),
        };

    /// <summary>A text of some length.</summary>
    public static string Text(int length) => new('x', length);

    /// <summary>So many tags.</summary>
    public static Dictionary<string, string> Tags(int count, int keyLength = 8, int valueLength = 1) =>
        Enumerable.Range(0, count).ToDictionary(index => $"{index}".PadLeft(keyLength, 'k'), _ => Text(valueLength));

    /// <summary>An id that was not checked when it was made: over the wire comes what was put in.</summary>
    public static ProcessId Id(string? text) =>
        (ProcessId)
            Activator.CreateInstance(
                typeof(ProcessId),
                BindingFlags.Instance | BindingFlags.NonPublic,
                binder: null,
                [text],
                culture: null
            )!;
}
