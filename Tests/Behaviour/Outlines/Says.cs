namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>What a step says comes next.</summary>
public enum Says
{
    /// <summary>Nothing: the outline decides.</summary>
    Nothing = 0,

    /// <summary>A later step.</summary>
    Next = 1,

    /// <summary>A step of a block that is not entered otherwise.</summary>
    NextInBlock = 2,

    /// <summary>The end, with what was emitted.</summary>
    Finish = 3,

    /// <summary>The end, with an output.</summary>
    Output = 4,

    /// <summary>A declared exit code.</summary>
    Code = 5,

    /// <summary>A declared exit code with a message that is filled in.</summary>
    Filled = 6,

    /// <summary>An exit code by its number.</summary>
    Exit = 7,

    /// <summary>An exit code of the class that is named by an attribute.</summary>
    Shared = 8,

    /// <summary>An exit code that is not declared.</summary>
    Undeclared = 9,

    /// <summary>An exit code that has a declared label and a number of its own.</summary>
    Disguised = 10,

    /// <summary>An exit code whose message is not filled in.</summary>
    Unfilled = 11,

    /// <summary>An exit code with too few arguments.</summary>
    MissingArgument = 12,

    /// <summary>An exit code with an argument that its message has not.</summary>
    UnknownArgument = 13,

    /// <summary>An exit code whose argument looks like an argument.</summary>
    Braces = 14,

    /// <summary>Children to await, and the end at once.</summary>
    ChildAndEnd = 15,

    /// <summary>A method that is no step of the outline.</summary>
    Nowhere = 16,
}
