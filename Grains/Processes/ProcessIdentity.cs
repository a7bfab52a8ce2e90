using System.Text.Json.Serialization;

namespace Orleans.Workflows;

/// <summary>Which process code works for.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="RunId">Tells the process from an earlier one of the same id that was purged.</param>
/// <param name="Type">The name of its type.</param>
/// <param name="Parent">The process that started it; null for a root.</param>
/// <param name="Root">The root of its tree; itself for a root.</param>
/// <param name="Position">The step's position.</param>
public sealed record ProcessIdentity(
    ProcessId ProcessId, string RunId, string Type, ProcessId? Parent, ProcessId Root, string Position)
{
    /// <summary>Whether what its steps leave is read back and compared.</summary>
    [JsonIgnore]
    internal bool ReadsBack { get; init; }
}
