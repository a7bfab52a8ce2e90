namespace Orleans.Workflows.Behaviour.Families;

/// <summary>Nothing of interest.</summary>
/// <param name="Did">What it did.</param>
public sealed record MemberOutput(MemberKind Did);
