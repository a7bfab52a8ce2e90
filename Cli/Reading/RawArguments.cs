using System.Text.Unicode;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>The arguments as bytes: .NET turns those that are not UTF-8 into U+FFFD without a word.</summary>
internal static class RawArguments
{
    private const string CommandLineFile = "/proc/self/cmdline";

    /// <summary>Finds an argument that is not UTF-8.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? FaultOf(IReadOnlyList<string> args)
    {
        var raw = File.Exists(CommandLineFile) ? Split(File.ReadAllBytes(CommandLineFile)) : [];
        var first = raw.Count - args.Count;
        for (var at = 0; at < args.Count; at++)
        {
            // Without the bytes nobody can tell them from a U+FFFD that was meant, which JSON can have as an escape.
            if (first >= 0 ? !Utf8.IsValid(raw[first + at]) : args[at].Contains('\uFFFD', StringComparison.Ordinal))
            {
                return $"Argument {at + 1} is not UTF-8: '{args[at]}'. "
                    + "Give arguments in UTF-8; JSON can also come from a file or from standard input.";
            }
        }

        return null;
    }

    /// <summary>The program and its arguments; each ends with a zero.</summary>
    private static List<byte[]> Split(byte[] commandLine)
    {
        var found = new List<byte[]>();
        for (var rest = commandLine.AsSpan(); rest.IndexOf((byte)0) is >= 0 and var end; rest = rest[(end + 1)..])
        {
            found.Add(rest[..end].ToArray());
        }

        return found;
    }
}
