using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.CrashHost.Storm.Clients;

/// <summary>
/// What a client asked and was told: a file that only grows, one write per line, so that all but the last line of a
/// killed client are there. The client's successor goes on with the same file.
/// </summary>
public sealed class ClientLog : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly Lock _lock = new();
    private readonly FileStream _file;

    /// <summary>Opens the log.</summary>
    /// <param name="path">The file; made if it is missing.</param>
    public ClientLog(string path)
    {
        var whole = File.Exists(path) ? WholeLines(File.ReadAllBytes(path)) : [];
        Earlier = Parse(whole);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _file.SetLength(whole.Length);
        _file.Position = whole.Length;
    }

    /// <summary>What predecessors have written.</summary>
    public IReadOnlyList<ClientLine> Earlier { get; }

    /// <summary>Reads a log that may be written to meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its whole lines.</returns>
    public static IReadOnlyList<ClientLine> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Parse(WholeLines(bytes));
    }

    /// <summary>Appends a line.</summary>
    /// <param name="line">The line, which has left the process when this returns.</param>
    public void Append(ClientLine line)
    {
        byte[] bytes =
        [
            .. JsonSerializer.SerializeToUtf8Bytes(line with { At = TimeProvider.System.GetUtcNow() }, Json),
            (byte)'\n',
        ];
        lock (_lock)
        {
            _file.Write(bytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static byte[] WholeLines(byte[] bytes) => bytes[..(Array.LastIndexOf(bytes, (byte)'\n') + 1)];

    private static List<ClientLine> Parse(byte[] lines)
    {
        var parsed = new List<ClientLine>();
        for (var rest = lines.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n');
            parsed.Add(JsonSerializer.Deserialize<ClientLine>(rest[..end], Json)!);
            rest = rest[(end + 1)..];
        }

        return parsed;
    }
}
