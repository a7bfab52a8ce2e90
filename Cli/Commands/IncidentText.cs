namespace Orleans.Workflows.Cli.Commands;

/// <summary>An incident as a person reads it.</summary>
internal static class IncidentText
{
    /// <summary>Its kind, what happened, and what an operator can do.</summary>
    /// <returns>What goes into a sentence, and sentences behind it.</returns>
    public static string Of(Incident incident) =>
        $"{incident.Code} after {incident.Attempts} attempts: {incident.Text} {incident.Remedy}";

    /// <summary>What tells one incident of a process from another; null for none.</summary>
    public static string? KeyOf(Incident? incident) =>
        incident is null ? null : $"{incident.OpenedAt:O} {incident.Attempts}";
}
