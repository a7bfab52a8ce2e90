namespace Orleans.Workflows;

/// <summary>What a store does about its schema when it starts.</summary>
public enum StoreSchema
{
    /// <summary>It creates the database and brings its schema up to date.</summary>
    Apply = 0,

    /// <summary>It refuses to start unless the schema is there and up to date.</summary>
    Verify = 1,
}
