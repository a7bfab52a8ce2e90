using System.Text.RegularExpressions;

namespace Orleans.Workflows.Unit.Architecture;

/// <summary>
/// What is documented of internal types says more than the names: a parameter called id that is 'The id.' costs a line
/// of attention and tells nothing.
/// </summary>
public sealed partial class DocumentationTests
{
    /// <summary>So few words repeat a name, unless they tell of a special value.</summary>
    private const int WordsOfAnEcho = 6;

    public static TheoryData<string> Projects => [.. Product.WithCode];

    [Theory]
    [MemberData(nameof(Projects))]
    public void InternalType_HasNoEchoOfItsParametersAndResults(string project) =>
        Product.Sources(project)
            .Select(static file => (Name: Path.GetRelativePath(Product.Root, file), Text: File.ReadAllText(file)))
            .Where(static file => !PublicType().IsMatch(file.Text))
            .SelectMany(static file =>
                Comment()
                    .Matches(file.Text)
                    .Where(static comment => IsEcho(comment.Groups["text"].Value, comment.Groups["owner"].Value))
                    .Select(comment => $"{file.Name}: {comment.Groups["owner"].Value.Trim()}"))
            .ShouldBeEmpty("say what the name does not, in the summary, or nothing");

    [Theory]
    [InlineData("/// <param name=\"id\">The process.</param>", "void Look(ProcessId id)", true)]
    [InlineData("/// <param name=\"id\">The process; null for none.</param>", "void Look(ProcessId? id)", false)]
    [InlineData("/// <param name=\"wait\">How long, at most, in the worst case of all.</param>", "void A()", false)]
    [InlineData("/// <returns>Whether it does.</returns>", "bool Does()", true)]
    [InlineData("/// <returns>The number of those that were left, so far.</returns>", "int Left()", false)]
    [InlineData("/// <param name=\"Id\">The process.</param>", "internal sealed record Told(ProcessId Id);", false)]
    [InlineData(
        "/// <param name=\"a\">The one.</param>\n/// <param name=\"b\">The one that nobody would expect to be "
        + "here.</param>",
        "void Look(int a, int b)",
        false)]
    public void Echo_IsWhatRepeatsAName(string comment, string owner, bool isOne) =>
        IsEcho(comment, owner).ShouldBe(isOne);

    /// <summary>
    /// The compiler wants either all parameters or none, so one that says something keeps the others. Those of a record
    /// are its properties.
    /// </summary>
    private static bool IsEcho(string comment, string owner)
    {
        var text = Slashes().Replace(comment, " ");
        var parameters = Parameter()
            .Matches(text)
            .Where(static parameter => parameter.Groups["name"].Value != "cancellationToken")
            .Select(static parameter => parameter.Groups["text"].Value)
            .ToList();
        var echoesParameters =
            Parameter().IsMatch(text)
            && !owner.Contains("record ", StringComparison.Ordinal)
            && parameters.TrueForAll(SaysNothing);
        return echoesParameters
            || Result().Matches(text).Any(static result => SaysNothing(result.Groups["text"].Value));
    }

    private static bool SaysNothing(string text) =>
        Tag().Replace(text, "x").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length <= WordsOfAnEcho
        && !Special().IsMatch(Tag().Replace(text, "x"));

    [GeneratedRegex(
        @"^public (?:(?:static|sealed|abstract|readonly|partial|ref|unsafe) )*(?:class|interface|enum|struct|record|delegate)\b",
        RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"(?<text>(?:^[ ]*///[^\n]*\n)+)(?:^[ ]*\[[^\n]*\n)*(?<owner>[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"<param name=""(?<name>\w+)"">(?<text>.*?)</param>", RegexOptions.Singleline)]
    private static partial Regex Parameter();

    [GeneratedRegex("<returns>(?<text>.*?)</returns>", RegexOptions.Singleline)]
    private static partial Regex Result();

    [GeneratedRegex(@"\bnull\b|[0-9;:,]")]
    private static partial Regex Special();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^[ ]*///", RegexOptions.Multiline)]
    private static partial Regex Slashes();
}
