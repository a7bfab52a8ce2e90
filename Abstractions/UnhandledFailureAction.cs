namespace Orleans.Workflows;

/// <summary>What a restart chain does when its child failed and no handler had anything to say.</summary>
public enum UnhandledFailureAction
{
    /// <summary>It ends with <see cref="EngineExitCodes.UnhandledFailure"/>.</summary>
    Abort = 0,

    /// <summary>It pauses. Playing it runs the child again.</summary>
    Pause = 1,

    /// <summary>It runs the child again; when that fails unhandled too, it ends.</summary>
    RestartOnce = 2,

    /// <summary>It runs the child again; when that fails unhandled too, it pauses.</summary>
    RestartOnceThenPause = 3,
}
