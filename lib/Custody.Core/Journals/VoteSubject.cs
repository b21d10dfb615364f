namespace Custody.Core.Journals;

/// <summary>How the stop journal names an approver's vote. A slash is in no identifier, so two votes never share a name.</summary>
public static class VoteSubject
{
    /// <summary>An approver's vote on a withdrawal.</summary>
    public static string Of(string withdrawalId, string approverId) => $"{withdrawalId}/{approverId}";

    /// <summary>The withdrawal of a vote's name.</summary>
    public static string WithdrawalOf(string subject) => subject.Split('/')[0];
}
