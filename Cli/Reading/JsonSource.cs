namespace Orleans.Workflows.Cli.Reading;

/// <summary>JSON of the command line, or where it is: in a file or on standard input.</summary>
internal sealed class JsonSource
{
    private readonly byte[]? _json;
    private readonly string? _place;

    private JsonSource(byte[]? json, string? place) => (_json, _place) = (json, place);

    /// <summary>Reads a value of the command line.</summary>
    /// <param name="text">JSON, <c>@</c> with the name of a file, or <c>-</c>.</param>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static JsonSource Parse(string text) => text switch
    {
        "-" => new JsonSource(null, text),
        ['@', _, ..] => new JsonSource(null, text[1..]),
        _ => new JsonSource(JsonText.Parse(text), null),
    };

    /// <summary>Reads the JSON.</summary>
    /// <returns>UTF-8 JSON.</returns>
    /// <exception cref="UsageException">The file cannot be read, or is no JSON.</exception>
    public async Task<byte[]> ReadAsync(Stream input, CancellationToken cancellationToken) =>
        _json ?? await JsonText.ReadAsync(_place!, input, cancellationToken);
}
