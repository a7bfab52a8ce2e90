using System.Security.Cryptography;
using System.Text;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>
/// The ids that the engine makes of other ids. Each has a bounded length however deep a process is nested: where the
/// plain text is longer, 128 bits of its hash stand for it.
/// </summary>
/// <remarks>
/// What is stored keeps its id. An older version's longer one is never made anew: a message goes out with the one
/// commit that owes it, and a child that is stored again is known by its start request, which has always been made of
/// its parent's run in the same way.
/// </remarks>
internal static class EngineIds
{
    private const string SignalPrefix = "s:";

    /// <summary>The longest run id of a child, in characters.</summary>
    public const int MaxRun = 200;

    /// <summary>The longest id of a message of the engine, in characters. Clients' own are shorter.</summary>
    public const int MaxMessage = 400;

    /// <summary>The id under which a signal is stored.</summary>
    /// <param name="id">The id that its sender gave it.</param>
    public static string SignalOf(string id) => $"{SignalPrefix}{id}";

    /// <summary>The id that its sender gave a signal.</summary>
    public static string GivenTo(InboxMessage signal) =>
        signal.MessageId.StartsWith(SignalPrefix, StringComparison.Ordinal)
            ? signal.MessageId[SignalPrefix.Length..]
            : signal.MessageId;

    /// <summary>The request that stores a child: the same for each attempt of the step.</summary>
    /// <returns>The request's id, a little longer than the parent's run at most.</returns>
    public static string StartOf(ProcessRow parent, int step, int index) => $"{parent.RunId}/{step}.{index}";

    /// <summary>The run of a child.</summary>
    public static string RunOf(ProcessRow parent, int step, int index) =>
        StartOf(parent, step, index) is { Length: <= MaxRun } plain ? plain : $"~{HashOf(parent.RunId)}/{step}.{index}";

    /// <summary>The id of the one message of its kind that a process owes another.</summary>
    /// <param name="kind">The kind: a letter.</param>
    /// <param name="sender">The sender.</param>
    public static string MessageOf(char kind, ProcessRow sender) =>
        $"{kind}:{sender.Id}:{sender.RunId}" is { Length: <= MaxMessage } plain
            ? plain
            : $"{kind}:~{HashOf($"{sender.Id}:{sender.RunId}")}";

    /// <summary>
    /// The id of a control that is passed on to the children of its receiver: the same all the way down, since each
    /// process gets it once.
    /// </summary>
    public static string PassedOn(string messageId) =>
        messageId.StartsWith("t:", StringComparison.Ordinal) ? messageId : $"t:{messageId}";

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
