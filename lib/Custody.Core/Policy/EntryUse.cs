using Custody.Core.Assets;

namespace Custody.Core.Policy;

/// <summary>What a destination's history is asked for: one withdrawal's payment to one whitelist entry.</summary>
/// <param name="Asset">What is to be paid.</param>
/// <param name="EntryId">The entry, whose id no other entry ever has.</param>
/// <param name="Destination">Its address.</param>
/// <param name="WithdrawalId">The withdrawal, which does not count for itself.</param>
/// <param name="At">When its intent was made.</param>
public sealed record EntryUse(AssetId Asset, string EntryId, string Destination, string WithdrawalId, DateTimeOffset At);
