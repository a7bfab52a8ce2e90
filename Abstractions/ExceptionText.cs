namespace Orleans.Workflows.Abstractions;

/// <summary>
/// Reads what an exception says. Its own code may throw, say nothing, or say a hundred megabytes: none of that hides
/// what happened.
/// </summary>
internal static class ExceptionText
{
    /// <summary>What an exception says.</summary>
    /// <returns>At most 8,000 characters.</returns>
    public static string MessageOf(Exception exception)
    {
        try
        {
            return Bounded(exception.Message) ?? $"(a {exception.GetType()} whose message is null)";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"(a {exception.GetType()} whose message cannot be read: that throws a {e.GetType()})";
        }
    }

    /// <summary>Where an exception was thrown.</summary>
    /// <returns>At most 8,000 characters; <c>null</c> when that is not known.</returns>
    public static string? TraceOf(Exception exception)
    {
        try
        {
            return Bounded(exception.StackTrace);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static string? Bounded(string? text) =>
        text is null ? null : StorableText.Shorten(text, WorkflowLimits.MaxFailureTextLength);
}
