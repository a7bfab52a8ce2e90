namespace Orleans.Workflows;

/// <summary>What is wrong with a value, and with which.</summary>
/// <param name="Path">
/// The path of the value: <c>inputs.address.city</c>, <c>inputs.items[2]</c>, <c>outputs</c>.
/// </param>
/// <param name="Text">What is wrong with it, a sentence for people.</param>
[GenerateSerializer, Immutable, Alias("owf.PortFault")]
public sealed record PortFault([property: Id(0)] string Path, [property: Id(1)] string Text)
{
    private const string Between = ": ";

    /// <summary>Takes a line apart: <c>inputs.address.city: The City field is required.</c></summary>
    /// <param name="line">
    /// Path and text. The path ends with the first colon before a space, also when that is in a key of a dictionary.
    /// </param>
    /// <returns>The fault; with an empty path when the line has none.</returns>
    public static PortFault Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var end = line.IndexOf(Between, StringComparison.Ordinal);
        return end < 0 ? new PortFault("", line) : new PortFault(line[..end], line[(end + Between.Length)..]);
    }

    /// <summary>Path and text.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Path.Length == 0 ? Text : Path + Between + Text;
}
