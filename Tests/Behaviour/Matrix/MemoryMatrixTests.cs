using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>Every case.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryMatrixTests(Stores stores) : MatrixTest(stores, StoreKind.Memory)
{
    /// <summary>All cases.</summary>
    public static TheoryData<MatrixCase> Cases => [.. MatrixCase.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task TwoControls_InEverySituation_HaveTheirEffect(MatrixCase matrixCase) => RunAsync(matrixCase);
}
