using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Workflows.RandomPrograms.Programs;

/// <summary>Programs as text, without what is as usual.</summary>
public static class ProgramText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>Writes a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>JSON.</returns>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads a program.</summary>
    /// <param name="json">What was written.</param>
    /// <returns>The program.</returns>
    public static RandomProgram Read(string json) => JsonSerializer.Deserialize<RandomProgram>(json, Options)!;
}
