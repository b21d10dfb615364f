namespace Custody.Chains.Evm;

/// <summary>Who is told about a chain's providers.</summary>
public interface INodeReports
{
    /// <summary>Tells. It comes before anything is made of the report, so that one that cannot be told is told again by the next question.</summary>
    Task TellAsync(NodeReport report, CancellationToken cancellation);
}
