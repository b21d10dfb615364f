namespace Custody.Vaults.ManagedHsm;

/// <summary>Says in a pipeline's policy why the request goes no further; the client makes an answer of it.</summary>
internal sealed class HsmProblemException(HsmProblem problem, string detail) : Exception(detail)
{
    public HsmProblem Problem { get; } = problem;
}
