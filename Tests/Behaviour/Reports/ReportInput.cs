namespace Orleans.Workflows.Behaviour.Reports;

/// <summary>What the process does besides reporting.</summary>
/// <param name="Does">The name of a step.</param>
public sealed record ReportInput(string Does);
