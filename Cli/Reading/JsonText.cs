using System.Text;
using System.Text.Json;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>Reads JSON that is passed on as it is.</summary>
internal static class JsonText
{
    /// <summary>Reads a value of the command line.</summary>
    /// <param name="text">JSON.</param>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="FormatException">It is no JSON.</exception>
    public static byte[] Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Encoding.UTF8.GetBytes(text);
        }
        catch (JsonException e)
        {
            throw new FormatException($"This is no JSON: {e.Message}", e);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; <c>-</c> for standard input.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="UsageException">The file cannot be read, or is no JSON.</exception>
    public static async Task<byte[]> ReadAsync(string path, TextReader input, CancellationToken cancellationToken)
    {
        try
        {
            // The console reads synchronously, whatever one calls: on a thread of its own, so that Ctrl+C does not wait for it.
            return Parse(path == "-" ? await Task.Run(input.ReadToEnd, cancellationToken).WaitAsync(cancellationToken) : await File.ReadAllTextAsync(path, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UsageException($"{(path == "-" ? "Standard input" : path)}: {e.Message}");
        }
    }
}
