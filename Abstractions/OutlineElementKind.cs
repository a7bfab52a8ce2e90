namespace Orleans.Workflows;

/// <summary>What an element of an outline is.</summary>
public enum OutlineElementKind
{
    /// <summary>A step.</summary>
    Step = 1,

    /// <summary>Branches, of which the first runs whose predicate holds.</summary>
    If = 2,

    /// <summary>A block that is repeated while its predicate holds.</summary>
    While = 3,

    /// <summary>The end of the process.</summary>
    Return = 4,

    /// <summary>A wait for a signal, with the step that gets it and the one for its timeout.</summary>
    Signal = 5,

    /// <summary>A wait for a time.</summary>
    Delay = 6,

    /// <summary>Children: the step that starts them and the one that gets their results.</summary>
    Children = 7,
}
