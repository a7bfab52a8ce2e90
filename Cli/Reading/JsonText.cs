using System.Text;

namespace Orleans.Workflows.Cli.Reading;

/// <summary>Reads JSON that is passed on as it is.</summary>
internal static class JsonText
{
    /// <summary>Reads a value of the command line.</summary>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="FormatException">It is no JSON.</exception>
    public static byte[] Parse(string text)
    {
        try
        {
            return WorkflowJson.FromText(text, "value");
        }
        catch (PayloadException e)
        {
            throw new FormatException($"This is no JSON that can be stored: {e.Message}", e);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; <c>-</c> for standard input.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="UsageException">The file cannot be read, or is no JSON.</exception>
    public static async Task<byte[]> ReadAsync(string path, Stream input, CancellationToken cancellationToken)
    {
        try
        {
            // As bytes: what is no UTF-8 would become U+FFFD in text, and the locale would say which text it is.
            var json = path == "-"
                ? await ReadToEndAsync(input, cancellationToken)
                : await ReadFileAsync(path, cancellationToken);
            return Checked(WithoutMark(json));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UsageException($"{(path == "-" ? "Standard input" : path)}: {e.Message}");
        }
    }

    // The console reads synchronously, whatever one calls: on a thread of its own, so that Ctrl+C does not wait for it.
    private static async Task<byte[]> ReadToEndAsync(Stream input, CancellationToken cancellationToken)
    {
        return await Task.Run(() => ReadBounded(input), cancellationToken).WaitAsync(cancellationToken);
    }

    private static async Task<byte[]> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return await ReadToEndAsync(file, cancellationToken);
    }

    /// <summary>Reads no more than could be stored: what is meant may be a device, which has no end.</summary>
    private static byte[] ReadBounded(Stream input)
    {
        var most = WorkflowJson.MaxPayloadBytes + Encoding.UTF8.Preamble.Length;
        using var read = new MemoryStream();
        var part = new byte[64 * 1024];
        for (var count = input.Read(part); count > 0; count = input.Read(part))
        {
            read.Write(part, 0, count);
            if (read.Length > most)
            {
                throw new FormatException(
                    $"It has more than the {WorkflowJson.MaxPayloadBytes:N0} bytes that are allowed. "
                    + "Store it elsewhere and pass a reference.");
            }
        }

        return read.ToArray();
    }

    private static byte[] Checked(byte[] json) => WorkflowJson.FaultOf(json) is { } fault
        ? throw new FormatException($"This is no JSON that can be stored: {fault}.")
        : json;

    private static byte[] WithoutMark(byte[] file) =>
        file.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? file[Encoding.UTF8.Preamble.Length..] : file;
}
