using System.Globalization;
using System.Text;

namespace Orleans.Workflows.CrashHost.Storm.Checking;

/// <summary>Everything that is known of one process, for whoever has to find out why it went wrong.</summary>
internal static class Life
{
    /// <summary>Writes a process's life down.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="process">The process's id.</param>
    /// <returns>Lines.</returns>
    public static string Of(Evidence evidence, string process)
    {
        var text = new StringBuilder();
        foreach (var row in evidence.Processes.Where(row => row.Id == process))
        {
            text.AppendLine($"{row with { History = [] }}");
            foreach (var entry in row.History)
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{entry.Version} {entry.At:HH:mm:ss.fff} "
                    + $"{string.Join("; ", entry.Events.Select(static happened => $"{happened.Kind} {happened.Text}"))}"
                );
            }
        }

        evidence
            .Messages.Where(message => message.Process == process)
            .ToList()
            .ForEach(message => text.AppendLine($"{message}"));
        evidence.Ledger.Where(line => line.ProcessId == process).ToList().ForEach(line => text.AppendLine($"{line}"));
        evidence.Lines.Where(line => line.Process == process).ToList().ForEach(line => text.AppendLine($"{line}"));
        return text.ToString();
    }
}
