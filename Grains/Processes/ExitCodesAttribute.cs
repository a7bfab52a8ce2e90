namespace Orleans.Workflows;

/// <summary>
/// Says that a definition declares the exit codes that another class has as public static fields or properties, for
/// instance one that callers share.
/// </summary>
/// <param name="type">The class.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class ExitCodesAttribute(Type type) : Attribute
{
    /// <summary>The class.</summary>
    public Type Type { get; } = type;
}
