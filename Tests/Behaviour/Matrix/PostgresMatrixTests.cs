using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>One case per class.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresMatrixTests(Stores stores) : MatrixTest(stores, StoreKind.Postgres)
{
    /// <summary>For each situation each control once in each place.</summary>
    public static TheoryData<MatrixCase> Cases => [.. MatrixCase.OnePerClass];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task TwoControls_InEachSituation_HaveTheirEffect(MatrixCase matrixCase) => RunAsync(matrixCase);
}
