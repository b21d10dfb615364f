using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Gate;

/// <summary>Asks the chain whether a token's contract is what governance registered.</summary>
public interface ITokenCheck
{
    /// <summary>Allowed only when it is. A node that does not say is <see cref="RefusalCode.NodeUnavailable"/>, which is no answer.</summary>
    Task<Verdict> CheckAsync(AssetId token, Governed governed, CancellationToken cancellation);
}
