namespace Orleans.Workflows;

/// <summary>What a port holds.</summary>
public enum PortKind
{
    /// <summary>A single value.</summary>
    Value = 0,

    /// <summary>Ports of its own, with names that the definition gives.</summary>
    Namespace = 1,

    /// <summary>Ports of its own, with names that whoever fills it chooses.</summary>
    DynamicNamespace = 2,

    /// <summary>Items, without names.</summary>
    List = 3,
}
