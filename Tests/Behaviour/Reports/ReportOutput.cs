namespace Orleans.Workflows.Behaviour.Reports;

/// <summary>What came of it.</summary>
/// <param name="Text">A text.</param>
public sealed record ReportOutput(string Text);
