using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>A work chain, whatever its types.</summary>
internal interface IOutlined
{
    /// <summary>Says what the process does.</summary>
    void Define(OutlineBuilder outline);

    /// <summary>What the outline's end tells the engine.</summary>
    Directive End();
}
