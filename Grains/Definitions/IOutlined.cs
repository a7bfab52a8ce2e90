using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>A work chain, whatever its types.</summary>
internal interface IOutlined
{
    /// <summary>Says what the process does.</summary>
    /// <param name="outline">The outline.</param>
    void Define(OutlineBuilder outline);

    /// <summary>What the outline's end tells the engine.</summary>
    /// <returns>The end with its output.</returns>
    Directive End();
}
