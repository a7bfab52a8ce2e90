namespace Samples.Incidents;

/// <summary>A service outside, which opens late.</summary>
public sealed class Bank
{
    /// <summary>Whether it can be asked.</summary>
    public bool IsOpen { get; set; }
}
