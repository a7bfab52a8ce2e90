namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>What a fan saw of its children.</summary>
/// <param name="Numbers">What the workers gave back, in the order in which it asked.</param>
/// <param name="Ends">How the workers ended: state, exit code, label and message.</param>
/// <param name="Parcel">What the child of the nested key gave back.</param>
/// <param name="Extras">How many children are in the nested list.</param>
/// <param name="Walk">What the child of another type gave back.</param>
/// <param name="Seen">Whether the predicate behind the step saw all results.</param>
public sealed record FanOutput(
    IReadOnlyList<int> Numbers,
    IReadOnlyList<string> Ends,
    int? Parcel,
    int Extras,
    string? Walk,
    bool Seen);
