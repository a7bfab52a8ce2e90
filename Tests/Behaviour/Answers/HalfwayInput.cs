using System.ComponentModel.DataAnnotations;

namespace Orleans.Workflows.Behaviour.Answers;

/// <summary>How a process ends that has emitted something.</summary>
/// <param name="End">code, throw, several, failed, child.</param>
/// <param name="Count">Checked by its ports.</param>
public sealed record HalfwayInput(string End, [property: Range(0, 9)] int Count = 0);
