using Custody.Core.Journals;
using Custody.Core.Prices;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>What the gate reads and writes. It writes only its journal and its signatures.</summary>
/// <param name="Withdrawals">Withdrawal files, read.</param>
/// <param name="Facts">Signed facts, read.</param>
/// <param name="Stops">The stop journal, read.</param>
/// <param name="Signings">The signing journals, appended to.</param>
/// <param name="Signed">The signatures, written.</param>
/// <param name="Prices">Signed prices, read; absent: there are none.</param>
/// <param name="Fills">What operators ordered for upkeep, read; absent: nothing.</param>
public sealed record GateStores(
    IWithdrawalStore Withdrawals, IFactStore Facts, IStopJournal Stops, ISigningJournal Signings, ISignedTransactionStore Signed,
    IPriceStore? Prices = null, IUpkeepStore? Fills = null);
