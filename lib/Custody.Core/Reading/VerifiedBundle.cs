using Custody.Core.Admission;
using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Withdrawals;

namespace Custody.Core.Reading;

/// <summary>A bundle whose every fact was verified on this device: the only form that is shown for signing.</summary>
public sealed class VerifiedBundle
{
    internal VerifiedBundle()
    {
    }

    /// <summary>The governance version that the intent names, under which it was verified.</summary>
    public required Governed Governed { get; init; }

    /// <summary>The newest version, under which it passes as well.</summary>
    public required Governed Newest { get; init; }

    /// <summary>The request, the customer, the whitelist entry, and the rule that matched.</summary>
    public required Admitted Admitted { get; init; }

    /// <summary>What is to be signed for.</summary>
    public required WithdrawalIntent Intent { get; init; }

    /// <summary>Its digest, computed here, hex.</summary>
    public required string IntentDigest { get; init; }

    /// <summary>The votes that count, each verified here.</summary>
    public required IReadOnlyList<(Approver Approver, ApprovalStatement Statement)> Votes { get; init; }

    /// <summary>Where the votes stand.</summary>
    public required ApprovalTally Tally { get; init; }

    /// <summary>The server's word, under no signature.</summary>
    public required WithdrawalStatus StatusAsTold { get; init; }

    /// <summary>The server's word, under no signature; the gate reads it from the stop journal.</summary>
    public required DateTimeOffset ActivatedAsTold { get; init; }

    /// <summary>The server's word, under no signature: when approvals must be complete; null when it does not say.</summary>
    public DateTimeOffset? DeadlineAsTold { get; init; }
}
