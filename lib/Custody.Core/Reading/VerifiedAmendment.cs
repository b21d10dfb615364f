using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Withdrawals;

namespace Custody.Core.Reading;

/// <summary>A fee bump or a cancel whose every fact was verified on this device.</summary>
public sealed class VerifiedAmendment
{
    internal VerifiedAmendment()
    {
    }

    /// <summary>Counts from 1 within the attempt.</summary>
    public required int Number { get; init; }

    /// <summary>The governance version that the payment's intent names.</summary>
    public required Governed Governed { get; init; }

    /// <summary>The newest version, under which it stands as well.</summary>
    public required Governed Newest { get; init; }

    /// <summary>
    /// The payment's own intent. Of a fee bump it was verified whole; of a cancel only its digest is known to be the one that is
    /// cancelled: a cancel pays nobody, whatever it cancels.
    /// </summary>
    public required WithdrawalIntent Payment { get; init; }

    /// <summary>The payment's bundle, of a fee bump; null for a cancel.</summary>
    public VerifiedBundle? Base { get; init; }

    /// <summary>What is to be signed for.</summary>
    public required WithdrawalIntent Intent { get; init; }

    /// <summary>Its digest, computed here, hex.</summary>
    public required string IntentDigest { get; init; }

    /// <summary>The votes that count, each verified here.</summary>
    public required IReadOnlyList<(Approver Approver, ApprovalStatement Statement)> Votes { get; init; }

    /// <summary>Where the votes stand.</summary>
    public required ApprovalTally Tally { get; init; }

    /// <summary>The operator who proposed it, or the client who cancels.</summary>
    public required string OrderedBy { get; init; }

    /// <summary>Why, in their signed words.</summary>
    public required string Reason { get; init; }

    /// <summary>Its deadline, signed by whoever ordered it or part of the intent.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>The server's word, under no signature.</summary>
    public required WithdrawalStatus StatusAsTold { get; init; }
}
