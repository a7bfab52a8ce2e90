namespace Orleans.Workflows;

/// <summary>How much a reported line matters. The numbers are stored and never change.</summary>
public enum ReportLevel
{
    /// <summary>For those who look into a fault.</summary>
    Debug = 1,

    /// <summary>For those who operate processes.</summary>
    Info = 2,

    /// <summary>For the people whose process it is: the level of a line for which no other is given.</summary>
    Report = 3,

    /// <summary>Something is not as it should be, and the process goes on.</summary>
    Warning = 4,

    /// <summary>Something failed.</summary>
    Error = 5,

    /// <summary>Somebody must act at once.</summary>
    Critical = 6,
}
