namespace Orleans.Workflows.Behaviour.Families;

/// <summary>What a member of a family does.</summary>
public enum MemberKind
{
    /// <summary>Starts its children at once and waits for them.</summary>
    Parent,

    /// <summary>The same behind a gate, without listening to its token.</summary>
    GatedParent,

    /// <summary>Runs a step that listens to its token, up to a gate.</summary>
    Runs,

    /// <summary>Waits for the signal 'go'.</summary>
    Waits,

    /// <summary>Runs a step that does not listen to its token, up to a gate.</summary>
    Deaf,

    /// <summary>Runs a step that holds its thread, up to a gate.</summary>
    Spins,

    /// <summary>Is of a type that no silo knows: it is stored and never starts.</summary>
    NeverStarts,
}
