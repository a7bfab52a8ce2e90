namespace Orleans.Workflows.Behaviour.Families;

/// <summary>A family, from this member on down.</summary>
/// <param name="Levels">What the members of each generation do, this one first.</param>
/// <param name="Children">How many children each parent has.</param>
public sealed record MemberInput(IReadOnlyList<MemberKind> Levels, int Children = 1);
