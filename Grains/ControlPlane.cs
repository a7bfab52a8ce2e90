namespace Orleans.Workflows;

/// <summary>Names of the control plane.</summary>
public static class ControlPlane
{
    /// <summary>
    /// The grain storage that a silo must have: supervisors and the cluster's settings are kept in it.
    /// </summary>
    public const string StorageName = "workflows";
}
