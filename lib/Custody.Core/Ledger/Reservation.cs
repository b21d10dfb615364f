using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Policy;

namespace Custody.Core.Ledger;

/// <summary>What an attempt reserves before its intent exists.</summary>
/// <param name="WithdrawalId">For which withdrawal; a withdrawal reserves once in each scope.</param>
/// <param name="Asset">Of what.</param>
/// <param name="Amount">Base units that will be paid.</param>
/// <param name="MaxFee">Base units of native coin that the fee may take.</param>
/// <param name="VaultId">From which vault.</param>
/// <param name="Windows">The velocity windows it counts in, narrow to wide.</param>
/// <param name="ToVaultId">Which of our own vaults is paid; absent: a client's customer.</param>
/// <param name="Coin">For a token the coin that its fee is paid in, of which the vault promises <paramref name="MaxFee"/> besides; absent: nothing besides.</param>
public sealed record Reservation(
    string WithdrawalId, AssetId Asset, BigInteger Amount, BigInteger MaxFee, string VaultId, IReadOnlyList<ReservedWindow> Windows, string? ToVaultId = null,
    AssetId? Coin = null);

/// <summary>One velocity window that a reservation counts in.</summary>
/// <param name="Limit">The governed limit.</param>
/// <param name="Subject">What is added up: the destination, the client, the vault, or <c>platform</c>.</param>
/// <param name="Amount">What it adds up to here, where that is not the amount: a value; absent: the amount.</param>
public sealed record ReservedWindow(VelocityLimit Limit, string Subject, BigInteger? Amount = null);
