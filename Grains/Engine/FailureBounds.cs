using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Engine;

/// <summary>Bounds what is kept of a failure that is stored already, or goes where many of them go.</summary>
internal static class FailureBounds
{
    private const int MostCauses = 100;
    private const int MostDepth = 10;
    private const int BriefCauses = 10;

    /// <summary>
    /// How much of each text goes into the context of a parent, in characters: hundreds of failures fit into one.
    /// </summary>
    public const int BriefText = 1_000;

    /// <summary>The failure as it is kept now, of one that an older version has stored without a bound.</summary>
    /// <returns>At most a hundred causes with bounded texts.</returns>
    public static FailureInfo Bounded(this FailureInfo failure)
    {
        var room = MostCauses;
        return Cut(failure, MostDepth, WorkflowLimits.MaxFailureTextLength, traces: true, ref room);
    }

    /// <summary>The failure without stack traces and with short texts. The process that failed has it all.</summary>
    /// <returns>At most ten causes with short texts.</returns>
    public static FailureInfo Brief(this FailureInfo failure)
    {
        var room = BriefCauses;
        return Cut(failure, MostDepth, BriefText, traces: false, ref room);
    }

    private static FailureInfo Cut(FailureInfo failure, int depth, int length, bool traces, ref int room)
    {
        var causes = new List<FailureInfo>();
        foreach (
            var cause in (IEnumerable<FailureInfo>)
                [.. failure.Inner is { } inner ? [inner] : Array.Empty<FailureInfo>(), .. failure.Others ?? []])
        {
            if (depth == 0 || room == 0)
            {
                break;
            }

            room--;
            causes.Add(Cut(cause, depth - 1, length, traces, ref room));
        }

        return failure with
        {
            Message = StorableText.Shorten(failure.Message, length),
            StackTrace = traces && failure.StackTrace is { } trace ? StorableText.Shorten(trace, length) : null,
            Inner = causes.FirstOrDefault(),
            Others = causes.Count > 1 ? causes[1..] : null,
        };
    }
}
