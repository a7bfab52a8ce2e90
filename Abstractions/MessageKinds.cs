using System.Globalization;

namespace Orleans.Workflows.Abstractions;

/// <summary>What is true of each kind of message, in one place.</summary>
/// <remarks>
/// A kind that this version does not know has a number alone. None of these is true of it: it stays unseen in its inbox
/// until a silo takes it that knows it, and hinders nothing else.
/// </remarks>
public static class MessageKinds
{
    /// <summary>The kinds that this version knows, by rising number.</summary>
    public static IReadOnlyList<MessageKind> Known { get; } = Enum.GetValues<MessageKind>();

    /// <summary>
    /// The numbers of the kinds for which <see cref="IsKept"/> is true, separated by commas, for statements of stores.
    /// </summary>
    public static string KeptNumbers { get; } =
        string.Join(
            ", ",
            Known.Where(IsKept).Select(static kind => ((int)kind).ToString(CultureInfo.InvariantCulture)));

    /// <summary>Whether this version knows the kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsKnown(this MessageKind kind) => Enum.IsDefined(kind);

    /// <summary>Whether it ends the process, whatever else there is.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsKill(this MessageKind kind) => kind is MessageKind.Kill or MessageKind.ForceKill;

    /// <summary>Whether it is kept until the process waits for it; all others are an operator's controls.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsKept(this MessageKind kind) => kind is MessageKind.Signal or MessageKind.ChildEnded;

    /// <summary>Whether it is an operator's control that this version knows, a kill too.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsControl(this MessageKind kind) => kind.IsKnown() && !kind.IsKept();

    /// <summary>Whether a silo can give it its effect without having the process's definition.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether it can.</returns>
    public static bool NeedsNoDefinition(this MessageKind kind) =>
        kind.IsKill()
        || kind is MessageKind.Pause or MessageKind.Edit or MessageKind.EditInput or MessageKind.Drop;

    /// <summary>
    /// Whether it has an effect beside a running step; the others wait in the inbox for the step's end.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether it has.</returns>
    public static bool IsTakenBesideStep(this MessageKind kind) => kind.IsKept() || kind.IsKill();

    /// <summary>
    /// Whether it makes sense only for a process that is as it must be, so that it is held against the row before it is
    /// stored.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsHeldAgainstRow(this MessageKind kind) =>
        kind
            is MessageKind.Continue
                or MessageKind.Retry
                or MessageKind.Skip
                or MessageKind.Edit
                or MessageKind.EditInput
                or MessageKind.Drop;

    /// <summary>Whether clients may send it. The end of a child is told by the engine alone.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether they may.</returns>
    public static bool IsForClients(this MessageKind kind) => kind.IsKnown() && kind != MessageKind.ChildEnded;
}
