using System.Globalization;

namespace Orleans.Workflows.Silo.Hosting;

/// <summary>
/// Writes nothing where the caller has closed a standard stream (<c>2&gt;&amp;-</c>): the runtime has taken its number
/// for a pipe or a file of its own by then, and what is written there ends the program.
/// </summary>
internal static class ClosedStreams
{
    /// <summary>Of the flags of an open file: it is closed when another program is executed.</summary>
    private const int CloseOnExec = 0x80000;

    /// <summary>Replaces those that are closed, before anything writes to them.</summary>
    public static void Replace()
    {
        if (OperatingSystem.IsLinux() && !IsInherited(1))
        {
            Console.SetOut(TextWriter.Null);
        }

        if (OperatingSystem.IsLinux() && !IsInherited(2))
        {
            Console.SetError(TextWriter.Null);
        }
    }

    /// <summary>
    /// Whether a number is open and was so before this program: what came with it was not closed when it was executed.
    /// </summary>
    private static bool IsInherited(int number)
    {
        const string Flags = "flags:";
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{number}"))
                .First(static line => line.StartsWith(Flags, StringComparison.Ordinal));
            return (Convert.ToInt32(line[Flags.Length..].Trim(), fromBase: 8) & CloseOnExec) == 0;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // No /proc: then nothing is known, and it is taken for open.
            return true;
        }
    }
}
